"""One firm down to its lines: the amount asked for, its conditions, its tree, its months."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from lxml import html

from minassa.entitlements.amounts import AmountId, UnknownAmount
from minassa.entitlements.runs import Run
from minassa.offer.loading import load_offer
from minassa.steering.lexicon import lexicon
from minassa.steering.report import write_report
from minassa.steering.report.descent import descent_of, period_text
from minassa.steering.report.tree import Twig
from minassa.steering.report.values import quantity_text, value_text
from minassa.steering.report.writing import page
from tests.steering.conftest import Written
from tests.steering.country import Country


def every(twig: Twig) -> list[Twig]:
    return [twig, *(below for child in twig.twigs for below in every(child))]


def test_the_firm_chosen_has_several_measures_and_the_most_money(written: Written) -> None:
    descent = descent_of(written.facts, None)
    assert descent is not None
    paid = written.facts.due.filter(pl.col("amount_cents") > 0).group_by("affiliation")
    firms = paid.agg(pl.col("measure").n_unique().alias("several"), pl.col("amount_cents").sum())
    best = firms.sort("several", "amount_cents").row(-1, named=True)
    assert descent.affiliation == best["affiliation"]
    assert len(descent.stories) == best["several"] > 1


def test_each_amount_is_that_of_the_run(written: Written) -> None:
    descent = descent_of(written.facts, None)
    assert descent is not None
    amounts = {str(AmountId(r["measure"], r["affiliation"], r["person"], r["period_start"])): r["amount_cents"]
               for r in written.facts.due.iter_rows(named=True)}  # fmt: skip
    for story in descent.stories:
        assert story.cents == amounts[story.identifier] > 0
        assert story.entitled
        assert all(one.holds for one in story.requirements if one.required)


def test_each_quantity_is_told_once_and_pointed_to_afterwards(written: Written) -> None:
    descent = descent_of(written.facts, None)
    assert descent is not None
    for story in descent.stories:
        twigs = every(story.tree)
        told = [twig.anchor for twig in twigs if twig.twigs]
        assert len(told) == len(set(told))
        assert {twig.anchor for twig in twigs if twig.told} <= set(told)
        assert {twig.kind for twig in twigs} >= {"montant", "conditions", "chiffre"}


def test_the_months_share_the_amount_to_the_centime(written: Written) -> None:
    descent = descent_of(written.facts, None)
    assert descent is not None
    [air] = [story for story in descent.stories if story.identifier.startswith("AIR")]
    assert air.months is not None
    assert sum(row["share"] for row in air.months.rows) == air.cents
    assert all(", l." in row["file"].replace("\N{NO-BREAK SPACE}", " ") for row in air.months.rows)


def test_lines_of_every_source_are_shown_with_what_was_used(written: Written) -> None:
    descent = descent_of(written.facts, None)
    assert descent is not None
    [air] = [story for story in descent.stories if story.identifier.startswith("AIR")]
    sources = [original.source.partition(",")[0] for original in air.originals]
    assert sources == [
        lexicon()["sources"][k] for k in ("cnss", "simpl_ir_9421", "staff_register", "yearly_accounts", "firm_sheet")
    ]
    assert all(original.used for original in air.originals)


def test_the_amount_asked_for_comes_first_and_open(written: Written) -> None:
    refused = written.facts.amounts.filter(~pl.col("entitled") & (pl.col("measure") == "pae"))
    wanted = refused.row(0, named=True)
    identifier = str(AmountId("pae", wanted["affiliation"], wanted["person"], wanted["period_start"]))
    descent = descent_of(written.facts, identifier)
    tree: Any = html.fromstring(page(replace(written.report, descent=descent)))
    first = tree.xpath("//details[contains(@class,'story')]")[0]
    assert first.get("open") is not None
    assert identifier in first.text_content()
    assert "rien n’est dû" in first.text_content()
    assert first.xpath(".//li[@class='no']")
    assert f"{wanted['affiliation']}" in tree.xpath("string(//dl[@class='known'])")


def test_an_amount_that_the_run_does_not_hold_is_refused(made: tuple[Run, Country], tmp_path: Path) -> None:
    run, country = made
    for wrong in ("PAE-1-0-202601", "n'importe quoi"):
        with pytest.raises(UnknownAmount):
            write_report(tmp_path / "out", run, country, load_offer(), why_id=wrong)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("period", "grain", "text"),
    [
        ("2026-01/2026-12", "employee_period", "janvier 2026 à décembre 2026"),
        ("2026-07/2026-07", "employee_period", "juillet 2026"),
        ("2025-12", "hire", "embauche de décembre 2025"),
        ("2026-06", "firm_year", "exercice clos en juin 2026"),
    ],
)
def test_periods_in_words(period: str, grain: str, text: str) -> None:
    assert period_text(period, grain) == text


@pytest.mark.parametrize(
    ("name", "value", "unit", "text"),
    [
        ("place", 101, "code", "Casanearshore"),
        ("filiere", 2, "code", "Gestion de la relation client"),
        ("moroccan", True, "boolean", "oui"),
        ("x", 123_456, "cents", "1\u202f234,56\u00a0DH"),
        ("x", 1_234_560_000, "cents/10000", "1\u202f234,56\u00a0DH"),
        ("x", 1_234_560_001, "cents/10000", "≈\u00a01\u202f234,56\u00a0DH"),
        ("x", 1_700, "basis_points", "17\u202f%"),
        ("x", 2026 * 12, "month", "janvier 2026"),
        ("x", 12, "months", "12\u202fmois"),
        ("x", 2026, "year", "2026"),
        ("tax_certificate_age_months", 999, "months", "aucune attestation"),
        ("x", None, "cents", "non connu"),
    ],
)
def test_values_in_words(name: str, value: object, unit: str, text: str) -> None:
    assert quantity_text(name, value, unit) == text


def test_tables_and_scales_in_words() -> None:
    assert value_text({"101": 1_000, "102": 1_000, "*": 2_000}, "basis_points") == (
        "10\u202f% : Casanearshore, Technopolis ; 20\u202f% : autres"
    )
    assert (
        value_text([[0, 0], [4_000_000, 1_000]], "brackets")
        == "dès 0,00\u00a0DH : 0\u202f% ; dès 40\u202f000,00\u00a0DH : 10\u202f%"
    )
