"""Why no plan exists: a set of limits that cannot hold together, none of which can be left out of it.

The rows that people set (budget, rooms, floors, edits by hand) are stretched at a price: those that must stretch are
held in turn until nothing can stretch any more (the elastic filter of Chinneck), then halved down to an irreducible
set (QuickXplain). Rows that only say how stocks and flows follow each other are never in doubt.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from scipy.sparse import coo_array, hstack

from minassa.talent.seats.linear import Model, Programme, Whole
from minassa.talent.seats.solving import NoPlan, solved, solved_in_whole

STRETCHED = 1e-6
SECONDS = 20.0


def clashing(model: Model, doubted: Collection[str]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The rows of the families in doubt that clash, each by its family and place; empty when a plan exists."""
    programme = model.programme()
    rows = np.concatenate([one.ids.ravel() for one in model.families if one.family in doubted])
    loose = replace(programme, whole=np.zeros_like(programme.whole))
    for one in (loose, programme):
        held = _must_stretch(one, rows)
        if held is not None:
            return tuple(model.named(int(row)) for row in sorted(_irreducible(one, rows, held)))
    return ()


def _must_stretch(programme: Programme, rows: Whole) -> list[int] | None:
    """Rows in doubt that cannot hold together; None when all of them can."""
    held: list[int] = []
    while True:
        elastic = np.setdiff1d(rows, np.array(held, dtype=np.int64))
        try:
            stretch = _stretches(programme, elastic)
        except NoPlan:
            return held
        over = [int(row) for row in elastic[stretch > STRETCHED]]
        if not over:
            return None
        held += over


def _stretches(programme: Programme, elastic: Whole) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """By how much each elastic row is stretched when the whole stretching is the least."""
    count = len(elastic)
    ranks = np.arange(count)
    shape = (programme.matrix.shape[0], count)
    give = coo_array((np.ones(count), (elastic, ranks)), shape=shape)
    longer = replace(
        programme,
        cost=np.concatenate([np.zeros_like(programme.cost), np.ones(2 * count)]),
        lower=np.concatenate([programme.lower, np.zeros(2 * count)]),
        upper=np.concatenate([programme.upper, np.full(2 * count, np.inf)]),
        whole=np.concatenate([programme.whole, np.zeros(2 * count)]),
        matrix=hstack([programme.matrix, give, -give], format="csr"),
    )
    values = _best(longer)[-2 * count :]
    return np.asarray(values[:count] + values[count:], dtype=np.float64)


def _best(programme: Programme) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    if programme.whole.any():
        return solved_in_whole(programme, gap=0.0, seconds=SECONDS).values
    return solved(programme).values


def _irreducible(programme: Programme, doubted: Whole, held: list[int]) -> list[int]:
    """The smallest part of `held`, by halves, that still cannot hold."""

    def holds(kept: list[int]) -> bool:
        free = np.setdiff1d(doubted, np.array(kept, dtype=np.int64))
        low, high = programme.row_lower.copy(), programme.row_upper.copy()
        low[free], high[free] = -np.inf, np.inf
        try:
            _best(replace(programme, cost=np.zeros_like(programme.cost), row_lower=low, row_upper=high))
        except NoPlan:
            return False
        return True

    def halves(background: list[int], candidates: list[int], *, added: bool) -> list[int]:
        if added and not holds(background):
            return []
        if len(candidates) == 1:
            return candidates
        middle = len(candidates) // 2
        first, second = candidates[:middle], candidates[middle:]
        right = halves(background + first, second, added=True)
        left = halves(background + right, first, added=bool(right))
        return left + right

    return halves([], held, added=False) if held else []
