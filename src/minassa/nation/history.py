"""What really happened in a basin, told from the spells: moves between related firms, returns, replacements, flows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minassa.nation.market import Market
from minassa.nation.spells import Entry

TRANSFER_MONTHS = 12
"""Months at most between leaving a related firm and being hired, for a move to count as a transfer."""
REHIRE_MONTHS = 24
"""Months at most out of the firm for a return to be told."""


@dataclass(frozen=True)
class Moves:
    """For each spell, the person's own spell it follows: in a related firm, in the same firm; -1 for none."""

    related: NDArray[np.int64]
    same: NDArray[np.int64]

    @property
    def moved(self) -> NDArray[np.bool_]:
        """Whether the spell is a transfer or a return: such a hire creates no job."""
        return (self.related >= 0) | (self.same >= 0)


def tell_moves(market: Market) -> Moves:
    """Find every transfer and every return in the spells, whatever caused them."""
    spells = market.spells
    order = np.lexsort((spells["start"], spells["person"]))
    related, same = np.full(len(spells), -1, np.int64), np.full(len(spells), -1, np.int64)
    for lag in range(1, len(order)):
        later, earlier = order[lag:], order[:-lag]
        one = spells["person"][later] == spells["person"][earlier]
        if not one.any():
            break
        _note(market, later[one], earlier[one], related, same)
    return Moves(related, same)


def _note(
    market: Market,
    later: NDArray[np.int64],
    earlier: NDArray[np.int64],
    related: NDArray[np.int64],
    same: NDArray[np.int64],
) -> None:
    """Note the nearest earlier spell of each kind: lags are walked from the nearest on."""
    spells, group = market.spells, market.group
    out = spells["start"][later].astype(np.int64) - spells["end"][earlier] - 1
    one_firm = spells["firm"][later] == spells["firm"][earlier]
    one_group = group[spells["firm"][later]] == group[spells["firm"][earlier]]
    moved = ~one_firm & one_group & (out >= -1) & (out <= TRANSFER_MONTHS) & (related[later] < 0)
    back = one_firm & (out >= 0) & (out <= REHIRE_MONTHS) & (same[later] < 0)
    related[later[moved]], same[later[back]] = earlier[moved], earlier[back]


@dataclass(frozen=True)
class Flows:
    """Counts by firm and month, of real people: in post at the end of the month, hired, left, and what hires were.

    `new_jobs`: hires in a post never held before, by somebody who was neither transferred nor taken back.
    `ghosts`: invented employees declared in the month, counted nowhere else.
    """

    headcount: NDArray[np.int64]
    hires: NDArray[np.int64]
    exits: NDArray[np.int64]
    new_jobs: NDArray[np.int64]
    replacements: NDArray[np.int64]
    transfers: NDArray[np.int64]
    rehires: NDArray[np.int64]
    closed_posts: NDArray[np.int64]
    ghosts: NDArray[np.int64]


def tell_flows(market: Market, moves: Moves) -> Flows:
    """Count the flows of each firm and month."""
    spells = market.spells
    real = spells["entry"] != Entry.GHOST
    hired = real & (spells["start"] >= 0)
    hires = _count(market, hired, "start")
    exits = _count(market, real & (spells["end"] < market.months), "end")
    before = np.bincount(spells["firm"][real & (spells["start"] < 0)], minlength=len(market.firms))
    new = hired & (spells["entry"] == Entry.NEW_POST) & ~moves.moved
    return Flows(
        headcount=before[:, None] + np.cumsum(hires - exits, axis=1),
        hires=hires,
        exits=exits,
        new_jobs=_count(market, new, "start"),
        replacements=_count(market, hired & (spells["entry"] == Entry.VACATED_POST), "start"),
        transfers=_count(market, hired & (moves.related >= 0), "start"),
        rehires=_count(market, hired & (moves.same >= 0), "start"),
        closed_posts=market.closed,
        ghosts=_ghosts(market),
    )


def _count(market: Market, chosen: NDArray[np.bool_], when: str) -> NDArray[np.int64]:
    shape = (len(market.firms), market.months)
    rows = np.flatnonzero(chosen)
    at = market.spells["firm"][rows].astype(np.int64) * market.months + market.spells[when][rows]
    return np.bincount(at, minlength=shape[0] * shape[1]).reshape(shape)


def _ghosts(market: Market) -> NDArray[np.int64]:
    shape = (len(market.firms), market.months + 1)
    change = np.zeros(shape, np.int64)
    for spell in np.flatnonzero(market.spells["entry"] == Entry.GHOST):
        firm = market.spells["firm"][spell]
        change[firm, market.spells["start"][spell]] += 1
        change[firm, min(market.spells["end"][spell] + 1, market.months)] -= 1
    return np.cumsum(change, axis=1)[:, :-1]
