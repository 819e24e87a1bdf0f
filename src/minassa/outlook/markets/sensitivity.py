"""How much the first place hangs on the weights: how far each may move, and who is first around them.

When a weight moves, the others keep their proportions and give or take what it takes or gives. All is exact: no draw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import Final

import numpy as np
import numpy.typing as npt

from minassa.outlook.markets.attractiveness import Criterion, Ranked, Ranking
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide

RADIUS: Final = 1_000
"""How far each weight is moved up and down for the neighbourhood, in basis points: ten points of a hundred."""
MOST_CRITERIA: Final = 9
ROUNDING: Final = "minassa-default#affichage"


@dataclass(frozen=True, slots=True)
class Holding:
    """The weights of a criterion (basis points, both ends included) under which the first market stays first.

    `below` and `above`: the market that takes the place beyond; empty where none does down to 0, or up to 10,000.
    """

    code: str
    weight: int
    lowest: int
    highest: int
    below: str
    above: str


def holdings(found: Ranking, criteria: Sequence[Criterion]) -> tuple[Holding, ...]:
    """For each criterion how far its weight moves before the first place changes; none without a single first."""
    if not found.ranked or sum(row.rank == 1 for row in found.ranked) > 1:
        return ()
    first, *others = found.ranked
    return tuple(_holding(one, criteria, first, others) for one in criteria)


def _holding(moved: Criterion, criteria: Sequence[Criterion], first: Ranked, others: Sequence[Ranked]) -> Holding:
    low, high, below, above = Fraction(), Fraction(BASIS_POINTS), "", ""
    for other in others:
        at_none, at_all = _leads(moved, criteria, first, other)
        # The lead is a straight line in the weight; it is above zero at the weight of now.
        if at_none < 0 and (crossed := BASIS_POINTS * at_none / (at_none - at_all)) > low:
            low, below = crossed, other.market
        if at_all < 0 and (crossed := BASIS_POINTS * at_none / (at_none - at_all)) < high:
            high, above = crossed, other.market
    return Holding(moved.code, moved.weight, ceil(low), floor(high), below, above)


def _leads(moved: Criterion, criteria: Sequence[Criterion], first: Ranked, other: Ranked) -> tuple[Fraction, Fraction]:
    """By how much the first leads another when the criterion weighs nothing, and when it weighs all."""
    gaps = {
        one.code: Fraction(first.normalised.get(one.code, 0) - other.normalised.get(one.code, 0)) for one in criteria
    }
    rest = [one for one in criteria if one.code != moved.code]
    whole = sum(one.weight for one in rest)
    if not rest:
        return gaps[moved.code], gaps[moved.code]
    shares = [Fraction(one.weight, whole) if whole else Fraction(1, len(rest)) for one in rest]
    without = sum((share * gaps[one.code] for share, one in zip(shares, rest, strict=True)), Fraction())
    return without, gaps[moved.code]


@dataclass(frozen=True, slots=True)
class Around:
    """Weightings tried around those stated; of them, in basis points, those where each market is the only first."""

    tried: int
    shares: Mapping[str, int]


def around(found: Ranking, criteria: Sequence[Criterion], radius: int = RADIUS) -> Around:
    """Who is first when each weight is moved by `radius` up, down, or not at all, the sum staying 10,000."""
    tried = weightings([one.weight for one in criteria], radius)
    if not found.ranked:
        return Around(len(tried), {})
    table = np.array([[row.normalised.get(one.code, 0) for one in criteria] for row in found.ranked], dtype=np.int64)
    scores = tried @ table.T
    best = scores == scores.max(axis=1, keepdims=True)
    alone = best & (best.sum(axis=1, keepdims=True) == 1)
    counts = alone.sum(axis=0).tolist()
    return Around(
        len(tried),
        {
            row.market: divide(int(count) * BASIS_POINTS, len(tried), Direction.HALF_UP, ROUNDING)
            for row, count in zip(found.ranked, counts, strict=True)
        },
    )


def weightings(weights: Sequence[int], radius: int) -> npt.NDArray[np.int64]:
    """Every weighting at `radius` or none from each weight that sums to 10,000; none is negative."""
    if len(weights) > MOST_CRITERIA:
        message = f"more than {MOST_CRITERIA} criteria"
        raise ValueError(message)
    moves = np.array(list(product((-radius, 0, radius), repeat=len(weights))), dtype=np.int64)
    found = moves[moves.sum(axis=1) == 0] + np.array(weights, dtype=np.int64)
    kept: npt.NDArray[np.int64] = found[(found >= 0).all(axis=1)]
    return kept
