"""The change of the headcount taken apart: every way adds up to the change, and the needed pace is arithmetic."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.outlook.projection.gap import MonthOutside, change_by_fate, change_by_flow, change_by_part, needed
from minassa.outlook.targets import Scale
from minassa.vocabulary.periods import parse_month
from tests.outlook.lives import MONTHS, START, country

PAIRS = st.lists(st.integers(START, START + MONTHS - 1), min_size=2, max_size=2, unique=True).map(sorted)


def change(start: int, end: int) -> int:
    """The change of the headcount between the ends of two months."""
    heads = dict(country().group_by("month").agg(pl.col("headcount_month").sum()).iter_rows())
    return int(heads[end] - heads[start])


@given(PAIRS)
def test_flows_fates_and_parts_add_up_to_the_change(pair: list[int]) -> None:
    start, end = pair
    rows = country().lazy()
    assert sum(change_by_flow(rows, start, end).values()) == change(start, end)
    assert sum(jobs for _firms, jobs in change_by_fate(rows, start, end).values()) == change(start, end)
    for by in ("filiere", "region"):
        assert change_by_part(rows, by, start, end)["change"].sum() == change(start, end)


@given(PAIRS)
def test_the_flows_of_a_country_without_ghosts_leave_nothing_untold(pair: list[int]) -> None:
    assert change_by_flow(country().lazy(), *pair)["other"] == 0


def test_fates_of_firms_by_hand() -> None:
    june, july = parse_month("2025-06"), parse_month("2025-07")
    rows = pl.LazyFrame(
        {
            "affiliation": [1, 1, 2, 2, 3, 3, 4, 4, 5, 5],
            "month": [june, july] * 5,
            "headcount_month": [0, 4, 6, 0, 10, 12, 10, 7, 3, 3],
        }
    )
    assert change_by_fate(rows, june, july) == {"entered": (1, 4), "closed": (1, -6), "grew": (1, 2), "shrank": (1, -3)}


def test_months_that_nobody_declared_are_refused() -> None:
    for compare in (change_by_flow, change_by_fate):
        with pytest.raises(MonthOutside):
            compare(country().lazy(), START - 1, START + 3)
    with pytest.raises(MonthOutside):
        change_by_part(country().lazy(), "region", START, START + MONTHS)


def test_what_it_would_take_by_hand() -> None:
    now, then = parse_month("2026-06"), parse_month("2026-12")
    months = range(parse_month("2025-06"), now + 1)
    rows = pl.LazyFrame(
        {
            "month": list(months),
            "headcount_month": [178_000 + 100 * rank for rank in range(13)],
            "hires_month": [300] * 13,
            "leavers_month": [200] * 13,
        }
    )
    found = needed(rows, now, then, projected=179_800.0)
    assert (found.level, found.gap) == (190_000, 10_200.0)
    assert (found.net_jobs_month, found.net_jobs_month_now) == (1_800.0, 100.0)
    assert (found.hires_month, found.hires_month_now) == (2_000.0, 300.0)
    assert (found.leavers_month, found.leavers_month_now) == (None, 200.0)
    small = needed(rows, now, then, projected=0.0, scale=Scale(179_300, 190_000))
    assert small.level == 179_300
    assert small.leavers_month == pytest.approx(300 - 100 / 6)


def test_the_past_and_months_without_a_target_are_refused() -> None:
    rows = pl.LazyFrame(
        {"month": [parse_month("2026-06")], "headcount_month": [1], "hires_month": [0], "leavers_month": [0]}
    )
    for month in ("2026-06", "2031-01"):
        with pytest.raises(MonthOutside):
            needed(rows, parse_month("2026-06"), parse_month(month), 0.0)
