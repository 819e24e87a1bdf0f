"""The point of a projection: each cell grows as it did, a small one as the country does, with the country's season.

Two naive projections stand beside it: nothing changes any more, and the last twelve months' change goes on as it was.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from minassa.outlook.projection.method import Method
from minassa.vocabulary.errors import MinassaError

Table = NDArray[np.float64]
YEAR: Final = 12


class HistoryTooShort(MinassaError):
    """Fewer months are known than a projection needs."""

    code = "OUTLOOK-HISTORY"


def projected(headcount: Table, months: int, method: Method) -> Table:
    """Headcounts of the cells for so many months after the last one known; never below zero. HistoryTooShort.

    `headcount`: cells by months. The sum of the cells is the country: what is projected adds up as it is.
    """
    known, window = headcount.shape[1], method.window_months.value
    if known < method.least_history_months.value:
        raise HistoryTooShort(
            f"Projeter demande {method.least_history_months.value} mois de déclarations ; {known} sont connus.",
            months=known,
        )
    last, before = headcount[:, -1], headcount[:, -1 - window]
    nation = headcount.sum(axis=0)
    of_nation = _growth(nation[-1], nation[-1 - window], window)
    earlier = _growth(nation[-1 - window], nation[-1 - 2 * window], window)
    own_share = before / (before + method.pooling_headcount.value)
    own = (np.log1p(last) - np.log1p(before)) / window
    growth = own_share * own + (1 - own_share) * of_nation
    ahead = np.arange(1, months + 1)
    momentum = method.momentum * (of_nation - earlier) / window * ahead * (ahead + window) / 2
    season = _season(nation)[ahead % YEAR]
    return np.asarray(last[:, None] * np.exp(growth[:, None] * ahead + momentum + season))


def unchanged(headcount: Table, months: int) -> Table:
    """The first naive projection: the last headcount for ever."""
    return np.repeat(headcount[:, -1:], months, axis=1)


def drifting(headcount: Table, months: int) -> Table:
    """The second naive projection: the mean monthly change of the last twelve months goes on, down to nobody."""
    step = (headcount[:, -1:] - headcount[:, -1 - YEAR : -YEAR]) / YEAR
    return np.maximum(0.0, headcount[:, -1:] + step * np.arange(1, months + 1))


def _growth(now: float, then: float, months: int) -> float:
    """Mean monthly growth, of logarithms; a country without anybody does not grow."""
    return float(np.log(now / then) / months) if now > 0 and then > 0 else 0.0


def _season(nation: Table) -> Table:
    """How far the country is from an even growth, 0 to 11 months after this month of the year, in logarithms.

    A mean over the whole years known, which end on the last month.
    """
    logs = np.log(np.maximum(nation, 1.0))
    years = range(1, (len(logs) - 1) // YEAR + 1)
    even = np.arange(YEAR) / YEAR
    past = []
    for year in years:
        start = len(logs) - 1 - YEAR * year
        past.append(logs[start : start + YEAR] - logs[start] - even * (logs[start + YEAR] - logs[start]))
    return np.asarray(np.mean(past, axis=0))
