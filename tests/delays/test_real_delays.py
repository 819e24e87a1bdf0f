from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.delays import Finished, percentile, real_delays


def test_the_median_and_the_ninth_decile_are_values_that_were_seen() -> None:
    assert percentile(range(1, 11), 50) == 5
    assert percentile(range(1, 11), 90) == 9
    assert percentile([7], 90) == 7
    assert percentile([], 50) is None


@given(st.lists(st.integers(0, 10**9), min_size=1), st.integers(1, 100))
def test_a_percentile_is_the_least_value_that_enough_do_not_exceed(values: list[int], percent: int) -> None:
    found = percentile(values, percent)
    assert found in values
    assert sum(value <= found for value in values) * 100 >= percent * len(values)
    assert sum(value < found for value in values) * 100 < percent * len(values)


@pytest.mark.parametrize("percent", [0, 101])
def test_another_percentage_is_refused(percent: int) -> None:
    with pytest.raises(ValueError, match="1 à 100"):
        percentile([1], percent)


def test_a_window_is_compared_with_the_one_before() -> None:
    finished = [
        Finished(10, 100),
        Finished(11, 60),
        Finished(20, 80),
        Finished(15, 90),
        Finished(21, 1),
        Finished(0, 5),
    ]
    seen = real_delays(finished, [19, 3, 25], until=20, window=10)
    assert (seen.count, seen.median, seen.ninth_decile) == (3, 80, 90)
    assert seen.trend == 80 - 100
    assert (seen.open_count, seen.oldest_open) == (2, 3)


def test_nothing_seen_says_so() -> None:
    seen = real_delays([], [], until=20, window=10)
    assert (seen.count, seen.median, seen.ninth_decile, seen.trend) == (0, None, None, None)
    assert (seen.open_count, seen.oldest_open) == (0, None)
    assert real_delays([Finished(20, 1)], [], until=20, window=10).trend is None


def test_a_window_lasts() -> None:
    with pytest.raises(ValueError, match="fenêtre"):
        real_delays([], [], until=20, window=0)
