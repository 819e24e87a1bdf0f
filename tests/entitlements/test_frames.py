"""Frames of firms of which one kind of file or another is missing, or odd."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from minassa.declarations.lake import Lake
from minassa.declarations.schemas import ACCOUNTS, CNSS, DGI, FIRMS, STAFF
from minassa.engine import refuse_broken_links, refuse_nulls
from minassa.entitlements.amounts import amounts
from minassa.entitlements.computation import computed, inputs_of, regime_cuts
from minassa.entitlements.confrontation import discrepancies
from minassa.entitlements.firms import groups, placed
from minassa.entitlements.frames import Frames, frames
from minassa.entitlements.irregularities import irregularities
from minassa.entitlements.sources import Sources
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import first_day, month_index
from tests.entitlements.conftest import KEY
from tests.entitlements.declared import (
    FIRM,
    JULY_2025,
    OTHER,
    PLACE,
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

START = JULY_2025 + 6
CUTS = regime_cuts(load_offer(), JULY_2025 - 60, UNTIL)
KINDS = ("cnss", "dgi", "staff", "books", "sheets")
ELSEWHERE = 102


def rows_of_a_firm() -> dict[str, list[Row]]:
    """A firm with everything filed, an employee among others, from January 2026 to December 2027."""
    return {
        "cnss": [month(OTHER, 9, JULY_2025), *(month(FIRM, 7, at) for at in range(START, UNTIL + 1))],
        "dgi": [statement(FIRM, 7, year, 9_600_000, 900_000) for year in (2026, 2027)],
        "staff": [stay(FIRM, 7, START)],
        "books": [accounts(FIRM, year) for year in (2025, 2026, 2027)],
        "sheets": [sheet(FIRM), sheet(OTHER)],
    }


def everything(rows: Sources, until: int = UNTIL) -> tuple[Frames, dict[str, pl.DataFrame], pl.DataFrame]:
    """Frames, frames with their rules, amounts; the frames being what the engine asks for."""
    offer = load_offer()
    built = frames(rows, CUTS, until)
    inputs = {grain: inputs_of(offer, grain, frame).lazy() for grain, frame in built.by_grain().items()}
    refuse_nulls(offer, inputs)
    refuse_broken_links(offer, inputs)
    results = computed(offer, built)
    discrepancies(offer, built, results, rows.until(until))
    irregularities(built, rows.until(until))
    return built, results, amounts(offer, results)


def only(frame: pl.DataFrame, **keys: object) -> dict[str, Any]:
    """The only row with these values."""
    found = frame.filter(pl.all_horizontal(pl.col(name) == value for name, value in keys.items()))
    assert found.height == 1
    return found.row(0, named=True)


def test_a_firm_with_everything_filed_gets_its_due() -> None:
    _, _, table = everything(filed(**rows_of_a_firm()))
    due = table.filter("entitled").group_by("measure").agg(pl.col("amount_cents").sum())
    assert dict(due.iter_rows())["paf"] == 2 * 9_600_000 * 350 // 10_000
    assert dict(due.iter_rows())["pae"] == 9_600_000 * 1700 // 10_000
    assert table.filter("provisional").filter(pl.col("affiliation") == FIRM).height == 0


@pytest.mark.parametrize("missing", KINDS)
def test_any_kind_of_file_may_be_missing(missing: str) -> None:
    rows = {name: held for name, held in rows_of_a_firm().items() if name != missing}
    _, results, table = everything(filed(**rows))
    assert (table["amount_cents"] >= 0).all()
    if missing == "cnss":
        assert {grain: frame.height for grain, frame in results.items()}["employee_period"] == 0
    else:
        assert table.height


@pytest.mark.parametrize("alone", KINDS)
def test_any_kind_of_file_may_be_alone(alone: str) -> None:
    rows = {name: held for name, held in rows_of_a_firm().items() if name == alone}
    _, _, table = everything(filed(**rows))
    assert table.filter(pl.col("entitled") & (pl.col("amount_cents") > 0)).height == 0


def test_nothing_at_all_gives_nothing() -> None:
    built, results, table = everything(filed())
    assert table.height == 0
    assert all(frame.height == 0 for frame in results.values())
    assert {"air_amount", "paf_amount"} <= set(results["employee_period"].columns)
    assert built.until == UNTIL


@pytest.mark.parametrize("until", [month_index(2001, 1), JULY_2025 - 1, JULY_2025, START, START + 1])
def test_the_data_may_be_known_up_to_any_month(until: int) -> None:
    built, _, table = everything(filed(**rows_of_a_firm()), until)
    assert built.employee_period.filter(pl.col("last_month_declared") > until).height == 0
    assert table.filter((pl.col("measure") == "paf") & (pl.col("period_start") > until)).height == 0


def test_a_lake_never_written_to_gives_empty_rows(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake", KEY)
    lake.prepare()
    rows = Sources.of(lake)
    columns = {"cnss": CNSS, "dgi": DGI, "staff": STAFF, "accounts": ACCOUNTS, "firms": FIRMS}
    for name, schema in columns.items():
        held = getattr(rows, name).collect()
        assert held.height == 0
        assert held.schema == pl.Schema(schema)


def test_a_firm_without_sheet_is_not_eligible_and_stands_nowhere() -> None:
    rows = rows_of_a_firm()
    rows["cnss"] += [month(SILENT, 3, at) for at in range(START, UNTIL + 1)]
    _, results, _ = everything(filed(**rows))
    year = only(results["firm_year"], affiliation=SILENT, year=2027)
    assert (year["place"], year["listed_activity"], year["tax_certificate_age_months"]) == (0, False, 999)
    assert year["eligibility_entitled"] is False


def test_a_person_without_pay_counts_for_nothing_and_breaks_nothing() -> None:
    rows = rows_of_a_firm()
    rows["cnss"] += [month(FIRM, 8, at, salary=0, situation=6, days=0) for at in range(START, START + 12)]
    rows["dgi"] += [statement(FIRM, 8, 2026, 100_000, 0)]
    built, results, _ = everything(filed(**rows))
    period = only(results["employee_period"], person=8, year=2026)
    assert (period["months_worked_period"], period["salary_period"]) == (0, 0)
    assert period["gross_taxable_income_period"] == 100_000, "a bonus stated without a month paid is not lost"
    assert only(built.spells, person=8)["declared_months"] == 0


def test_a_person_in_two_firms_has_a_period_in_each() -> None:
    rows = rows_of_a_firm()
    rows["cnss"] += [month(OTHER, 7, at, salary=500_000) for at in range(START + 3, START + 9)]
    rows["dgi"] += [statement(OTHER, 7, 2026, 3_000_000, 0)]
    _, results, _ = everything(filed(**rows))
    periods = results["employee_period"]
    assert only(periods, affiliation=FIRM, person=7, year=2026)["gross_taxable_income_period"] == 9_600_000
    assert only(periods, affiliation=OTHER, person=7, year=2026)["gross_taxable_income_period"] == 3_000_000


LARGEST = 9_999_999_999_999
"""The largest salary that the 13 digits of an e-BDS file hold, in centimes."""


def test_the_largest_salaries_of_a_file_are_added_and_shared_exactly() -> None:
    cnss = [month(OTHER, 9, JULY_2025 - 8)]
    cnss += [month(FIRM, person, at, LARGEST) for person in range(1, 40) for at in range(JULY_2025 - 6, JULY_2025 + 6)]
    dgi = [statement(FIRM, person, 2025, 12 * LARGEST + person, 0) for person in range(1, 40)]
    built = frames(filed(cnss, dgi, [], [], [sheet(FIRM)]), CUTS, UNTIL)
    halves = built.employee_period.filter(pl.col("affiliation") == FIRM).sort("person", "period_start")
    assert halves["salary_period"].to_list() == [6 * LARGEST] * 78
    totals = halves.group_by("person", maintain_order=True).agg(pl.col("gross_taxable_income_period").sum())
    assert totals["gross_taxable_income_period"].to_list() == [12 * LARGEST + person for person in range(1, 40)]
    hires = built.hire.filter(pl.col("affiliation") == FIRM)
    assert (hires["gross_taxable_income_first_12_months"] >= 12 * LARGEST).all()


def test_the_largest_salaries_of_a_file_pass_every_product_of_the_offer() -> None:
    rows = rows_of_a_firm()
    rows["cnss"] = [month(OTHER, 9, JULY_2025), *(month(FIRM, 7, at, LARGEST) for at in range(START, UNTIL + 1))]
    rows["dgi"] = []
    _, results, table = everything(filed(**rows))
    period = only(results["employee_period"], person=7, year=2026)
    income = 12 * LARGEST
    assert 3600 * income < 10_000 * period["income_tax_due"] < 3700 * income
    assert 0 < period["air_amount"] < period["income_tax_due"]
    assert period["paf_amount"] == (income * 350 + 5_000) // 10_000
    assert only(table, measure="pae", person=7)["amount_cents"] == (income * 1700 + 5_000) // 10_000


# -- firms and their years --------------------------------------------------------------------------------------------


def firm_year(year: int, **rows: list[Row]) -> dict[str, Any]:
    """A firm-year of a firm with everything filed, but for the kinds given."""
    return only(everything(filed(**{**rows_of_a_firm(), **rows}))[0].firm_year, affiliation=FIRM, year=year)


def test_accounts_closed_before_the_data_begin_are_carried_forward() -> None:
    year = firm_year(2025, books=[accounts(FIRM, 2022, turnover_year=5), accounts(FIRM, 2023, turnover_year=7)])
    assert (year["accounts_filed"], year["accounts_known"], year["turnover_year"]) == (False, True, 7)
    assert firm_year(2025, books=[accounts(FIRM, 2026)])["accounts_known"] is False


def test_a_loss_is_no_profit() -> None:
    assert firm_year(2026, books=[accounts(FIRM, 2026, taxable_profit_year=-5)])["taxable_profit_year"] == 0


def test_accounts_deposited_twice_count_once_the_last_ones() -> None:
    books = [accounts(FIRM, 2026, turnover_year=9, file_id=5), accounts(FIRM, 2026, turnover_year=4, file_id=2)]
    year = firm_year(2026, books=books)
    assert (year["turnover_year"], year["accounts_file_id"]) == (9, 5)


def test_a_fiscal_year_that_is_not_the_calendar_one_is_named_by_its_closing() -> None:
    shifted = accounts(FIRM, 2026, opens_on=dt.date(2025, 4, 1), closes_on=dt.date(2026, 3, 31))
    assert firm_year(2026, books=[shifted])["closing_month"] == month_index(2026, 3)


def test_certificates_age_until_the_fiscal_year_closes() -> None:
    dated = sheet(FIRM, tax_certificate_on=dt.date(2026, 10, 5), social_certificate_on=None)
    year = firm_year(2026, sheets=[dated])
    assert (year["tax_certificate_age_months"], year["social_certificate_age_months"]) == (2, 999)
    assert firm_year(2025, sheets=[dated])["tax_certificate_age_months"] == 0


# -- places and registers ---------------------------------------------------------------------------------------------


def place_of(sheets: list[Row], establishment: int, at: int) -> int:
    """Where a person of an establishment works in a month."""
    rows = pl.DataFrame({"affiliation": [FIRM], "establishment": [establishment], "at": [at]})
    typed = rows.cast({"affiliation": pl.Int32, "establishment": pl.Int16, "at": pl.Int32})
    found: int = placed(typed, filed(sheets=sheets).firms.collect(), "at")["place"][0]
    return found


def test_an_establishment_that_moves_changes_place_from_that_month() -> None:
    moved = sheet(FIRM, place=ELSEWHERE, place_from=first_day(START))
    for sheets in ([sheet(FIRM), moved], [moved, sheet(FIRM)]):
        assert place_of(sheets, 1, START - 1) == PLACE
        assert place_of(sheets, 1, START) == ELSEWHERE


def test_who_is_placed_nowhere_works_where_the_first_establishment_stands() -> None:
    sheets = [sheet(FIRM, establishment=2, place=ELSEWHERE), sheet(FIRM)]
    assert place_of(sheets, 0, START) == PLACE
    assert place_of(sheets, 2, START) == ELSEWHERE
    assert place_of([], 0, START) == 0


def test_the_head_of_a_group_is_itself_when_nothing_says_otherwise() -> None:
    rows = [sheet(1, group_head=0), sheet(2, group_head=None), sheet(4, group_head=1)]
    heads = groups(filed(sheets=rows).firms.collect())
    assert dict(heads.iter_rows()) == {1: 1, 2: 2, 4: 1}


def test_the_later_register_and_the_later_stay_are_believed() -> None:
    earlier = stay(FIRM, 7, START, job_title="Ancien", as_of_month=START)
    later = stay(FIRM, 7, START, job_title="Nouveau", as_of_month=START + 3)
    second = stay(FIRM, 7, START, job_title="Second", hired_on=dt.date(2026, 1, 20))
    for staff, title in (([later, earlier], "Nouveau"), ([second, later, earlier], "Second")):
        built, _, _ = everything(filed(**{**rows_of_a_firm(), "staff": staff}))
        assert only(built.spells, person=7)["job_title"] == title


def test_a_hire_in_the_very_first_month_counts_only_when_the_register_dates_it() -> None:
    cnss = [month(FIRM, person, at) for person in (7, 8, 9) for at in range(JULY_2025, JULY_2025 + 20)]
    staff = [stay(FIRM, 7, JULY_2025), stay(FIRM, 8, JULY_2025 - 30)]
    built = frames(filed(cnss, [], staff, [], [sheet(FIRM)]), CUTS, UNTIL)
    told = {row["person"]: (row["is_hire"], row["hired_month"]) for row in built.spells.to_dicts()}
    assert told == {7: (True, JULY_2025), 8: (False, JULY_2025 - 30), 9: (False, JULY_2025)}
    assert built.hire["person"].to_list() == [7]
