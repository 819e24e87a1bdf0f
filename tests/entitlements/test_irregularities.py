"""Pay raised for the reference and brought back: seen for whole months, whatever a whole month is for the person."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from minassa.declarations.schemas import ACCOUNTS, CNSS, DGI, FIRMS, STAFF, Columns
from minassa.entitlements.irregularities import raised_references
from minassa.entitlements.sources import Sources
from minassa.vocabulary.periods import month_index

HIRED = month_index(2026, 1)
FIRM, PERSON = 9_100_001, 77
USUAL = 500_000


def declared(days: list[int], pay: list[int]) -> Sources:
    """One person's months from hiring on."""

    def empty(columns: Columns) -> pl.LazyFrame:
        return pl.LazyFrame(schema=dict(columns))

    rows = pl.LazyFrame(
        {
            "month": range(HIRED, HIRED + len(days)),
            "affiliation": [FIRM] * len(days),
            "person": [PERSON] * len(days),
            "days": days,
            "salary_real": pay,
            "situation": [0] * len(days),
        },
        schema_overrides={name: CNSS[name] for name in ("affiliation", "person", "days", "salary_real", "situation")},
    )
    none = Sources(empty(CNSS), empty(DGI), empty(STAFF), empty(ACCOUNTS), empty(FIRMS))
    return replace(none, cnss=rows)


def found(days: list[int], pay: list[int]) -> list[tuple[int, int]]:
    """Reference and later pay of what is told of the person."""
    hires = pl.DataFrame(
        {"affiliation": [FIRM], "person": [PERSON], "first_month": [HIRED], "last_month": [HIRED + len(days) - 1]},
        schema_overrides={"affiliation": pl.Int32, "first_month": pl.Int32, "last_month": pl.Int32},
    )
    rows = raised_references(hires, declared(days, pay))
    assert rows["kind"].to_list() == ["raised_reference"] * rows.height
    return rows.select("evidence_a", "evidence_b").rows()


@pytest.mark.parametrize("whole", [26, 13, 9])
def test_a_raise_brought_back_after_the_reference_is_told(whole: int) -> None:
    pay = [USUAL * 14 // 10] * 12 + [USUAL] * 6
    assert found([whole] * 18, pay) == [(USUAL * 14 // 10, USUAL)]


@pytest.mark.parametrize("whole", [26, 13])
def test_pay_that_stays_or_rises_is_not(whole: int) -> None:
    assert not found([whole] * 18, [USUAL] * 18)
    assert not found([whole] * 18, [USUAL] * 6 + [USUAL * 14 // 10] * 12)
    assert not found([whole] * 18, [USUAL] * 12 + [USUAL * 86 // 100] * 6)


def test_months_that_are_not_whole_are_left_out() -> None:
    days = [26, 26, 10] * 6
    pay = [USUAL if day == 26 else USUAL * day // 26 for day in days]
    assert not found(days, pay)
    # Days left out for a year, pay told whole: the months of 26 days alone are compared.
    assert not found([15] * 10 + [26] * 8, [USUAL] * 18)


def test_one_month_after_is_too_early_to_tell() -> None:
    assert not found([26] * 13, [USUAL * 14 // 10] * 12 + [USUAL])
