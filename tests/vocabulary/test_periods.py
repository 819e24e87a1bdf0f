from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.vocabulary.periods import (
    Period,
    PeriodError,
    first_day,
    fiscal_period,
    fiscal_year,
    format_month,
    last_day,
    month_index,
    month_label_fr,
    month_number,
    month_of,
    parse_month,
    quarter,
    year_of,
    year_period,
)

days = st.dates(max_value=date(9999, 11, 30))
JULY_2025 = month_index(2025, 7)


@given(days)
def test_a_day_lies_in_its_month(day: date) -> None:
    month = month_of(day)
    assert first_day(month) <= day <= last_day(month)
    assert (year_of(month), month_number(month)) == (day.year, day.month)
    assert last_day(month) + timedelta(days=1) == first_day(month + 1)


@given(days)
def test_a_month_reads_back_as_it_is_written(day: date) -> None:
    written = format_month(month_of(day))
    assert parse_month(written) == parse_month(written.replace("-", "")) == month_of(day)


def test_the_index_is_the_one_the_columns_hold() -> None:
    assert JULY_2025 == 2025 * 12 + 6
    assert format_month(JULY_2025) == "2025-07"
    assert month_label_fr(JULY_2025) == "juillet 2025"
    assert month_label_fr(month_index(2024, 12)) == "décembre 2024"


@pytest.mark.parametrize(
    "text", ["", "2025-13", "202500", "2025-7", "25-07", "2025/07", "0000-01", "٢٠٢٥-٠٧", "2025-07-01"]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(PeriodError):
        parse_month(text)


@given(days, st.integers(min_value=0, max_value=60), st.integers(min_value=-70, max_value=70))
def test_a_period_contains_its_months_and_no_other(day: date, length: int, away: int) -> None:
    period = Period(month_of(day), month_of(day) + length)
    assert len(period.months) == length + 1
    assert period.contains(period.first + away) == (period.first + away in period.months)


@given(*[st.integers(min_value=24_000, max_value=24_020)] * 4)
def test_the_overlap_holds_the_months_both_hold(a: int, b: int, c: int, d: int) -> None:
    one, other = Period(min(a, b), max(a, b)), Period(min(c, d), max(c, d))
    shared = one.overlap(other)
    assert set(shared.months if shared else ()) == set(one.months) & set(other.months)


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(PeriodError, match=r"2025-06.*2025-07"):
        Period(JULY_2025, JULY_2025 - 1)


@given(days)
def test_a_quarter_is_three_months_of_one_year_that_hold_the_month(day: date) -> None:
    found = quarter(month_of(day))
    assert found.contains(month_of(day))
    assert len(found.months) == 3
    assert month_number(found.first) in {1, 4, 7, 10}


def test_years_and_fiscal_years() -> None:
    assert year_period(2025) == Period(month_index(2025, 1), month_index(2025, 12))
    assert fiscal_year(date(2026, 6, 30)) == 2026
    assert fiscal_period(date(2025, 7, 1), date(2026, 6, 30)) == Period(JULY_2025, month_index(2026, 6))
    with pytest.raises(PeriodError):
        fiscal_period(date(2026, 6, 30), date(2025, 7, 1))
