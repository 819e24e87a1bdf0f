"""Markets under weights: a worked case by hand, what is missing, how far the first place holds, who is first around."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.outlook.markets.attractiveness import Criterion, Way, WrongWeights, ranking
from minassa.outlook.markets.sensitivity import around, holdings, weightings

A, B = Criterion("size", Way.HIGHER, 6_000), Criterion("hours", Way.LOWER, 4_000)
FIGURES = {
    "FR": {"size": 100, "hours": 1},
    "ES": {"size": 40, "hours": 0},
    "JP": {"size": 60, "hours": 8},
}


def test_scores_are_those_worked_by_hand() -> None:
    found = ranking(FIGURES, [A, B])
    # FR: 10 000 × 60 % + (8 − 1)/8 × 10 000 × 40 % ; ES: 40 % ; JP: 20/60 × 60 %.
    assert [(one.market, one.rank, one.points) for one in found.ranked] == [
        ("FR", 1, 9_500),
        ("ES", 2, 4_000),
        ("JP", 3, 2_000),
    ]
    assert not found.missing


def test_a_market_without_a_figure_that_weighs_is_told_and_not_ranked() -> None:
    figures = {**FIGURES, "DE": {"size": 900}}
    found = ranking(figures, [A, B])
    assert found.missing == {"DE": ("hours",)}
    assert [one.market for one in found.ranked] == ["FR", "ES", "JP"]
    alone = ranking(figures, [Criterion("size", Way.HIGHER, 10_000), Criterion("hours", Way.LOWER, 0)])
    assert alone.ranked[0].market == "DE"


@pytest.mark.parametrize("weights", [(6_000, 3_000), (11_000, -1_000)])
def test_weights_sum_to_the_whole_and_none_is_negative(weights: tuple[int, int]) -> None:
    with pytest.raises(WrongWeights):
        ranking(FIGURES, [Criterion("size", Way.HIGHER, weights[0]), Criterion("hours", Way.LOWER, weights[1])])


def test_the_first_place_changes_where_it_is_told() -> None:
    found = ranking(FIGURES, [A, B])
    size, hours = holdings(found, [A, B])
    # FR leads ES by w − (1 − w)/8: nothing at one ninth.
    assert (size.lowest, size.below, size.highest, size.above) == (1_112, "ES", 10_000, "")
    assert (hours.lowest, hours.highest, hours.above) == (0, 8_888, "ES")
    first = ranking(FIGURES, [Criterion("size", Way.HIGHER, 1_111), Criterion("hours", Way.LOWER, 8_889)])
    assert first.ranked[0].market == "ES"


codes = st.sampled_from(["AA", "BB", "CC", "DD"])
values = st.integers(0, 50)


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, dict[str, int]], list[Criterion]]:
    names = ["a", "b", "c"]
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), min_size=2, max_size=2)))
    weights = [cuts[0], cuts[1] - cuts[0], 10_000 - cuts[1]]
    ways = draw(st.lists(st.sampled_from(list(Way)), min_size=3, max_size=3))
    criteria = [Criterion(*one) for one in zip(names, ways, weights, strict=True)]
    markets = draw(st.lists(codes, min_size=2, max_size=4, unique=True))
    return {one: {name: draw(values) for name in names} for one in markets}, criteria


@given(cases())
def test_scores_stay_between_bounds_and_order_follows_them(
    case: tuple[dict[str, dict[str, int]], list[Criterion]],
) -> None:
    found = ranking(*case)
    scores = [one.score for one in found.ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= one <= 10_000 for one in scores)


@given(cases(), st.integers(0, 2), st.integers(0, 10_000))
def test_the_first_stays_first_inside_its_bounds_and_nowhere_outside(
    case: tuple[dict[str, dict[str, int]], list[Criterion]], rank: int, weight: int
) -> None:
    figures, criteria = case
    found = ranking(figures, criteria)
    held = holdings(found, criteria)
    if not held:
        return
    rest = 10_000 - criteria[rank].weight
    shares = [Fraction(one.weight, rest) if rest else Fraction(1, 2) for one in criteria]
    moved = [weight if at == rank else (10_000 - weight) * share for at, share in enumerate(shares)]
    scores = {
        row.market: sum(part * row.normalised[one.code] for part, one in zip(moved, criteria, strict=True))
        for row in found.ranked
    }
    first = scores[found.ranked[0].market] == max(scores.values())
    assert first == (held[rank].lowest <= weight <= held[rank].highest)


@given(cases())
def test_weightings_around_sum_to_the_whole_and_shares_do_not_exceed_it(
    case: tuple[dict[str, dict[str, int]], list[Criterion]],
) -> None:
    figures, criteria = case
    every = weightings([one.weight for one in criteria], 1_000)
    assert (every.sum(axis=1) == 10_000).all()
    assert (every >= 0).all()
    told = around(ranking(figures, criteria), criteria)
    assert told.tried == len(every)
    assert sum(told.shares.values()) <= 10_000 + len(told.shares)
