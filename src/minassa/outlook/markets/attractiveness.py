"""Markets ranked by criteria under stated weights; a market without a figure of a criterion that weighs is not ranked.

Each criterion is brought between 0 and 10,000 by its range over the markets that have a figure: the best is 10,000,
the worst 0, and every one 0 where they are all the same. A score is the sum of these under the weights, of sum 10,000.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide

ROUNDING = "minassa-default#affichage"


class WrongWeights(MinassaError):
    """Weights that are negative or do not sum to 10,000 basis points."""

    code = "markets-weights"


class Way(StrEnum):
    """Which way a criterion is better."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A column: its code, which way it is better, its weight in basis points."""

    code: str
    way: Way
    weight: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A market with its normalised criteria (0 to 10,000) and its score; rank 1 is the first, shared by equals."""

    market: str
    normalised: Mapping[str, int]
    score: Fraction
    rank: int

    @property
    def points(self) -> int:
        """The score from 0 to 10,000, rounded."""
        return divide(self.score.numerator, self.score.denominator, Direction.HALF_UP, ROUNDING)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Markets in order, and those that miss a figure, with the criteria missed."""

    ranked: tuple[Ranked, ...]
    missing: Mapping[str, tuple[str, ...]]


def require_weights(weights: Sequence[int]) -> None:
    """WrongWeights unless none is negative and they sum to 10,000."""
    if any(one < 0 for one in weights) or sum(weights) != BASIS_POINTS:
        message = "Les poids sont positifs ou nuls, et leur somme fait 100 %."
        raise WrongWeights(message, total=sum(weights))


def normalised(values: Mapping[str, int], way: Way) -> dict[str, int]:
    """Each market between 0 and 10,000 by the range of all."""
    if not values:
        return {}
    low, high = min(values.values()), max(values.values())
    if low == high:
        return dict.fromkeys(values, 0)
    shares = {
        market: Fraction(value - low if way is Way.HIGHER else high - value, high - low)
        for market, value in values.items()
    }
    return {
        market: divide(share.numerator * BASIS_POINTS, share.denominator, Direction.HALF_UP, ROUNDING)
        for market, share in shares.items()
    }


def ranking(figures: Mapping[str, Mapping[str, int]], criteria: Sequence[Criterion]) -> Ranking:
    """Markets under criteria. `figures`: by market, the criteria known, as whole numbers. WrongWeights."""
    require_weights([one.weight for one in criteria])
    weighing = [one.code for one in criteria if one.weight]
    missing = {
        market: tuple(code for code in weighing if code not in known)
        for market, known in sorted(figures.items())
        if any(code not in known for code in weighing)
    }
    whole = sorted(set(figures) - set(missing))
    columns = {
        one.code: normalised({m: figures[m][one.code] for m in whole if one.code in figures[m]}, one.way)
        for one in criteria
    }
    scores = {
        market: sum(
            (Fraction(one.weight * columns[one.code].get(market, 0), BASIS_POINTS) for one in criteria), Fraction()
        )
        for market in whole
    }
    rows = [
        Ranked(
            market,
            {code: column[market] for code, column in columns.items() if market in column},
            scores[market],
            1 + sum(other > scores[market] for other in scores.values()),
        )
        for market in whole
    ]
    return Ranking(tuple(sorted(rows, key=lambda row: (row.rank, row.market))), missing)
