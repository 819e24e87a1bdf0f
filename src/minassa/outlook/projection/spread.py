"""How wide a projection is: learnt from what the same method would have said in the past, at every level apart.

The error of a row has the variance (a × headcount + (b × headcount)²) × years^power: a for the chance of each job,
b for what moves all of them together. Both are fitted by likelihood with heavy tails, then the widths are those that
would have covered 80 and 95 per cent of the past errors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from minassa.outlook.projection.cells import Cells, Sums
from minassa.outlook.projection.growth import YEAR, Table, projected
from minassa.outlook.projection.method import Method

COVERED: Final = (80, 95)
HORIZONS: Final = (6, 12, 18, 24)
"""Months after which the past is compared with what would have been said."""
_TAIL: Final = 4.0
_CHANCES: Final = np.geomspace(0.03, 20, 30)
_TOGETHER: Final = np.geomspace(0.001, 0.3, 25)
_LEAST: Final = 0.25
"""The variance of a row where nobody is: somebody may come."""


class Errors(NamedTuple):
    """Past errors (what came less what was said), what had been said, and how many years ahead: one row per sum."""

    error: Table
    said: Table
    years: Table


@dataclass(frozen=True, slots=True)
class Spread:
    """The law of the error at one level: `chance` (a), `together` (b), `power`, and a width for each coverage."""

    chance: float
    together: float
    power: float
    widths: tuple[float, ...]

    def deviation(self, said: Table, years: Table | float) -> Table:
        """The scale of the error of a headcount projected so many years ahead."""
        return np.sqrt(_variance(said, years, self.chance, self.together, self.power))

    def around(self, said: Table, years: Table | float) -> list[tuple[Table, Table]]:
        """Low and high for each coverage, whole headcounts, never below zero."""
        deviation = self.deviation(said, years)
        nearest = [(np.rint(said - width * deviation), np.rint(said + width * deviation)) for width in self.widths]
        low, high = np.floor(said), np.ceil(said)
        return [(np.maximum(0.0, np.minimum(below, low)), np.maximum(above, high)) for below, above in nearest]


def past_errors(cells: Cells, method: Method) -> Errors:
    """What the method would have said of each row at every past month, against what came; empty for a short history.

    Rows of the three tables: those of `cells.sums`, in their order.
    """
    sums = cells.sums.matrix
    found = list(_looking_back(cells.headcount, method))
    if not found:
        empty = np.zeros((len(sums), 0))
        return Errors(empty, empty, empty)
    said = sums @ np.stack([one[0] for one in found], axis=1)
    came = sums @ np.stack([one[1] for one in found], axis=1)
    years = np.repeat(np.array([[one[2] for one in found]]), len(sums), axis=0)
    return Errors(came - said, said, years)


def _looking_back(headcount: Table, method: Method) -> Iterator[tuple[Table, Table, float]]:
    known = headcount.shape[1]
    for origin in range(method.least_history_months.value, known):
        reached = [months for months in HORIZONS if origin + months <= known]
        if reached:
            said = projected(headcount[:, :origin], reached[-1], method)
            for months in reached:
                yield said[:, months - 1], headcount[:, origin - 1 + months], months / YEAR


def spreads(cells: Cells, method: Method) -> dict[str, Spread]:
    """The spread of each level; that of filières and regions serves the country, which has too few errors of its own.

    Empty when the history is too short to have been wrong.
    """
    errors, sums = past_errors(cells, method), cells.sums
    if errors.error.shape[1] == 0:
        return {}
    parts = _of(errors, sums.of("filiere") | sums.of("region"))
    shared = _fitted(parts, method.power)
    return {
        "cell": _fitted(_of(errors, sums.of("cell")), method.power),
        "filiere": shared,
        "region": shared,
        "nation": shared,
    }


def _of(errors: Errors, rows: NDArray[np.bool_]) -> Errors:
    return Errors(*(table[rows].ravel() for table in errors))


def _fitted(errors: Errors, power: float) -> Spread:
    best = (np.inf, 1.0, 0.01)
    for chance in _CHANCES:
        for together in _TOGETHER:
            variance = _variance(errors.said, errors.years, chance, together, power)
            surprise = np.log(variance) + (_TAIL + 1) * np.log1p(errors.error**2 / variance / _TAIL)
            best = min(best, (float(surprise.sum()), float(chance), float(together)))
    _, chance, together = best
    scaled = np.abs(errors.error) / np.sqrt(_variance(errors.said, errors.years, chance, together, power))
    widths = tuple(float(np.quantile(scaled, one / 100)) for one in COVERED)
    return Spread(chance, together, power, widths)


def _variance(said: Table, years: Table | float, chance: float, together: float, power: float) -> Table:
    return np.asarray((chance * said + (together * said) ** 2) * np.asarray(years) ** power + _LEAST)


__all__ = ["COVERED", "Errors", "Spread", "Sums", "past_errors", "spreads"]
