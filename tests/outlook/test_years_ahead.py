"""The years that gaps tell: whole ones up to the end of the programme, and the next one always."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minassa.outlook.gaps.road import years_ahead
from minassa.vocabulary.periods import MONTHS_A_YEAR, parse_month

END = parse_month("2030-12")


@given(st.integers(parse_month("2025-01"), END))
def test_there_is_always_a_year_ahead_and_no_other_goes_beyond_the_programme(known: int) -> None:
    first, *others = years_ahead(known, END)
    assert first == known + MONTHS_A_YEAR
    assert all(month <= END for month in others)


def test_half_a_year_before_the_end_the_year_begun_is_told() -> None:
    assert years_ahead(parse_month("2030-06"), END) == [parse_month("2031-06")]
