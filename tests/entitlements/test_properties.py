"""What must hold of every amount, whatever is declared."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from minassa.engine import evaluate, refuse_broken_links, refuse_nulls
from minassa.engine.errors import OutsideDates
from minassa.entitlements.amounts import amounts
from minassa.entitlements.computation import computed, inputs_of, regime_cuts
from minassa.entitlements.frames import Frames, frames
from minassa.entitlements.monthly import by_month
from minassa.entitlements.sources import Sources
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import format_month
from tests.entitlements.declared import (
    FIRM,
    JULY_2025,
    OTHER,
    SILENT,
    UNTIL,
    Row,
    accounts,
    filed,
    month,
    sheet,
    statement,
    stay,
)

PAE_RATE, PAF_RATE = 1700, 350
BASIS_POINTS = 10_000
CUTS = regime_cuts(load_offer(), JULY_2025 - 60, UNTIL)

PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "person": st.integers(1, 6),
            "firm": st.sampled_from([FIRM, FIRM, OTHER, SILENT]),
            "start": st.integers(-8, 20),
            "months": st.integers(1, 26),
            "salary": st.sampled_from([0, 1, 300_000, 1_000_000, 4_000_000, 10**10]),
            "situation": st.sampled_from([0, 0, 0, 1, 3, 6]),
            "leaves": st.booleans(),
            "income": st.none() | st.integers(0, 10**11),
            "withheld": st.integers(0, 10**8),
            "registered": st.booleans(),
            "aid": st.integers(-3, 20),
        }
    ),
    max_size=8,
)


def declared(people: list[dict[str, Any]]) -> Sources:
    """The rows of some stays: CNSS months, statements, registers; sheets and accounts of two firms out of three."""
    cnss, dgi, staff = list[Row](), list[Row](), list[Row]()
    for one in people:
        first = JULY_2025 + one["start"]
        last = min(first + one["months"] - 1, UNTIL)
        for at in range(first, last + 1):
            situation = 1 if one["leaves"] and at == last else one["situation"]
            days = 0 if situation in {3, 6} else 26
            cnss.append(month(one["firm"], one["person"], at, one["salary"], situation, days))
        if one["registered"]:
            staff.append(stay(one["firm"], one["person"], first, other_aid_until_month=first + one["aid"]))
        if one["income"] is not None:
            dgi.append(statement(one["firm"], one["person"], first // 12, one["income"], one["withheld"]))
    known = (FIRM, OTHER)
    books = [accounts(firm, year) for firm in known for year in (2025, 2026)]
    return filed(cnss, dgi, staff, books, [sheet(firm) for firm in known])


def evaluated(sources: Sources, size: int = 2_000_000) -> tuple[Frames, dict[str, pl.DataFrame], pl.DataFrame]:
    """Frames, frames with their rules, amounts."""
    built = frames(sources, CUTS, UNTIL, size)
    results = computed(load_offer(), built)
    return built, results, amounts(load_offer(), results)


@settings(max_examples=25)
@given(PEOPLE)
def test_amounts_are_never_negative_nor_above_their_ceilings(people: list[dict[str, Any]]) -> None:
    more = {"employee_period": ["income_tax_counted"]}
    results = computed(load_offer(), frames(declared(people), CUTS, UNTIL), more)
    periods, hires, years = (results[grain] for grain in ("employee_period", "hire", "firm_year"))
    air, paf = periods.filter(pl.col("air_amount") >= 0), periods.filter(pl.col("paf_amount").is_not_null())
    assert air.height == periods.height
    assert (air["air_amount"] <= air["income_tax_counted"]).all()
    assert paf["paf_amount"].ge(0).all()
    assert (
        2 * BASIS_POINTS * paf["paf_amount"] <= 2 * PAF_RATE * paf["gross_taxable_income_period"] + BASIS_POINTS
    ).all()
    pae = hires.filter(pl.col("pae_amount").is_not_null())
    reference = pae["gross_taxable_income_first_12_months"]
    assert pae["pae_amount"].ge(0).all()
    assert (2 * BASIS_POINTS * pae["pae_amount"] <= 2 * PAE_RATE * reference + BASIS_POINTS).all()
    ais = years.filter(pl.col("ais_amount").is_not_null())
    assert (ais["ais_amount"].ge(0) & (ais["ais_amount"] <= ais["corporate_tax_year"])).all()
    for measure, frame in (("air", periods), ("paf", periods), ("pae", hires), ("ais", years)):
        assert frame.filter(~pl.col(f"{measure}_entitled") & (pl.col(f"{measure}_amount") != 0)).height == 0


@settings(max_examples=15)
@given(PEOPLE, st.integers(0, 2**32), st.integers(1, 40))
def test_neither_the_order_of_rows_nor_the_bundles_change_anything(
    people: list[dict[str, Any]], seed: int, size: int
) -> None:
    rows = declared(people)
    mixed = Sources(*(shuffled(getattr(rows, name), seed) for name in ("cnss", "dgi", "staff", "accounts", "firms")))
    built, results, table = evaluated(rows)
    other, again, told = evaluated(mixed, size)
    assert_frame_equal(other.spells, built.spells)
    for grain, frame in results.items():
        assert_frame_equal(again[grain], frame)
    assert_frame_equal(told, table)


def shuffled(rows: pl.LazyFrame, seed: int) -> pl.LazyFrame:
    """The same rows in an order that chance makes."""
    held = rows.collect()
    order = list(range(held.height))
    random.Random(seed).shuffle(order)
    return held[order].lazy()


@settings(max_examples=15)
@given(PEOPLE)
def test_frames_are_what_the_engine_asks_for(people: list[dict[str, Any]]) -> None:
    built = frames(declared(people), CUTS, UNTIL)
    inputs = {grain: inputs_of(load_offer(), grain, frame).lazy() for grain, frame in built.by_grain().items()}
    refuse_nulls(load_offer(), inputs)
    refuse_broken_links(load_offer(), inputs)
    for grain, frame in built.by_grain().items():
        keys = list(load_offer().grains[grain].keys)
        assert frame.select(keys).is_unique().all()


@settings(max_examples=15)
@given(PEOPLE)
def test_years_hold_what_was_declared_and_stated(people: list[dict[str, Any]]) -> None:
    rows = declared(people)
    periods = frames(rows, CUTS, UNTIL).employee_period
    cnss, dgi = rows.cnss.collect(), rows.dgi.collect()
    assert periods["salary_period"].sum() == cnss["salary_real"].sum()
    keys = ["affiliation", "person", "year"]
    stated = dgi.group_by(keys).agg(pl.col("gross_taxable_income_year", "income_tax_withheld_year").sum())
    shared = periods.filter("tax_statement_filed").group_by(keys)
    sums = shared.agg(pl.col("gross_taxable_income_period", "income_tax_withheld_period").sum())
    both = sums.join(stated.with_columns(pl.col("year").cast(pl.Int32)), on=keys)
    assert both.height == sums.height
    assert (both["gross_taxable_income_period"] == both["gross_taxable_income_year"]).all()
    assert (both["income_tax_withheld_period"] == both["income_tax_withheld_year"]).all()


@settings(max_examples=10)
@given(PEOPLE)
def test_months_add_up_to_the_amount_of_the_year(people: list[dict[str, Any]]) -> None:
    rows = declared(people)
    _, results, _ = evaluated(rows)
    cnss = rows.cnss.collect()
    for row in results["employee_period"].iter_rows(named=True):
        mine = cnss.filter(
            pl.col("affiliation") == row["affiliation"],
            pl.col("person") == row["person"],
            pl.col("month").is_between(max(row["period_start"], row["first_month"]), row["last_month_declared"]),
        )
        lines = [{"month": format_month(r["month"]), "salary_real": r["salary_real"]} for r in mine.to_dicts()]
        shares = by_month(row["air_amount"], lines)
        assert sum(shares.values()) == row["air_amount"]
        assert min(shares.values()) >= 0


@pytest.mark.parametrize(
    ("grain", "name", "at"),
    [
        ("employee_period", "paf_amount", "2025-06"),
        ("hire", "pae_amount", "2025-06"),
        ("hire", "pae_amount", "2031-01"),
    ],
)
def test_a_rule_outside_its_dates_refuses(grain: str, name: str, at: str) -> None:
    offer = load_offer()
    year, number = map(int, at.split("-"))
    last = year * 12 + number - 1
    with pytest.raises(OutsideDates):
        offer.at(grain, last).require(name)
    rows = filed([month(FIRM, 1, last - 1), month(FIRM, 2, last)], sheets=[sheet(FIRM)])
    built = frames(rows, regime_cuts(offer, last - 24, last), last)
    frame = computed(offer, built)[grain]
    assert frame.height
    assert frame[name].null_count() == frame.height, "it gives nothing rather than zero"
    assert frame[name.replace("amount", "status")].null_count() == frame.height
    inputs = {g: inputs_of(offer, g, f).lazy() for g, f in built.by_grain().items()}
    with pytest.raises(OutsideDates):
        evaluate(offer, inputs, dict.fromkeys(inputs, (last, last)), {grain: [name]})


def test_a_new_version_that_says_the_same_cuts_no_year() -> None:
    offer = load_offer()
    assert [format_month(cut) for cut in CUTS] == ["2025-07"]
    figure = offer.figures["paf_rate"]
    (value,) = figure.values
    at = JULY_2025 + 13
    same = figure.patched(replace(value, starts=at))
    other = figure.patched(replace(value, starts=at, value=351))
    assert regime_cuts(offer.with_figures({"paf_rate": same}, "même"), JULY_2025 - 60, UNTIL) == CUTS
    assert regime_cuts(offer.with_figures({"paf_rate": other}, "autre"), JULY_2025 - 60, UNTIL) == [*CUTS, at]
