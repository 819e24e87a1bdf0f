"""What a reform costs each year: declared years as they are, years to come by job and headcount, bounds that hold."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.outlook.cells import AXES, Cells, Column
from minassa.outlook.costs import Staffing, costs, years_told
from minassa.outlook.outcome import Moved, Outcome, Part, aggregated
from minassa.outlook.sizes import bounds, size_class, span_of
from minassa.vocabulary.periods import month_index

YEARS = {
    2025: Staffing(1_200, 1_200, 1_200),
    2026: Staffing(2_400, 2_400, 2_400),
    2027: Staffing(3_600, 3_000, 4_200),
}
UNTIL = month_index(2026, 12)


def outcome(base: list[int], moved: list[int], expected: dict[int, tuple[int, int]] | None = None) -> Outcome:
    """One measure with an amount in 2025 and in 2026, and what a reform adds to each."""
    years: Column = np.array([2025, 2026])
    ranks = {axis: np.array([0, 1]) for axis in AXES}
    cells = Cells(np.array([0, 1]), 2, ranks)
    added = np.array(moved)
    part = Part(
        cells,
        np.array(base),
        Moved(np.maximum(added, 0), np.maximum(-added, 0), (added > 0).astype(int), (added < 0).astype(int)),
        expected or {},
    )
    return aggregated("essai", "", {"air": part}, dict.fromkeys(AXES, years))


def test_a_year_to_come_is_what_a_job_gave_times_the_heads_to_come() -> None:
    found = costs(outcome([1_200, 4_800], [600, -240]), YEARS, UNTIL, {"air": 2025})
    assert [(one.year, one.declared, one.difference.point) for one in found[:2]] == [
        (2025, True, 600),
        (2026, True, -240),
    ]
    last = found[2]
    assert not last.declared
    # 2026 gave 2 a head, 2025 gave 1: times 3,600 heads, between 1 × 3,000 and 2 × 4,200.
    assert (last.base.point, last.base.low, last.base.high) == (7_200, 3_000, 8_400)
    # The difference was +0.5 a head, then -0.1.
    assert (last.difference.point, last.difference.low, last.difference.high) == (-360, -420, 2_100)


def test_one_year_told_leaves_the_spread_to_the_headcount_alone() -> None:
    made = outcome([1_200, 4_800], [0, 240])
    assert years_told(made, YEARS, UNTIL, {"air": 2026}) == {"air": [2026]}
    last = costs(made, YEARS, UNTIL, {"air": 2026})[-1]
    assert (last.difference.low, last.difference.point, last.difference.high) == (300, 360, 420)


def test_a_forecast_is_told_as_far_as_it_goes() -> None:
    made = outcome([0, 100], [0, 100], {2026: (0, 0), 2027: (500, 900), 2028: (9, 9)})
    (last,) = [one for one in costs(made, YEARS, UNTIL, {"air": 2027}) if one.year == 2027]
    assert (last.base.point, last.reformed.point, last.declared) == (500, 900, False)


@given(
    st.lists(st.integers(0, 10**12), min_size=2, max_size=2),
    st.lists(st.integers(-(10**12), 10**12), min_size=2, max_size=2),
)
def test_points_stand_within_their_bounds_and_add_up(base: list[int], moved: list[int]) -> None:
    for one in costs(outcome(base, moved), YEARS, UNTIL, {"air": 2025}):
        for amount in (one.base, one.reformed, one.difference):
            assert amount.low <= amount.point <= amount.high
        assert abs(one.reformed.point - one.base.point - one.difference.point) <= 2


@pytest.mark.parametrize(
    ("headcount", "number"), [(0, 0), (1, 1), (9, 1), (10, 2), (199, 3), (200, 4), (999, 5), (1_000, 6)]
)
def test_each_firm_has_one_size(headcount: int, number: int) -> None:
    assert pl.select(heads=pl.lit(headcount)).select(size_class("heads")).item() == number
    lowest, highest = span_of(number)
    assert lowest <= headcount
    assert highest is None or headcount <= highest
    assert bounds().note
