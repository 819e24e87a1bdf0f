"""Posts to fill: those that are added, and those whose holders go, each cause apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from minassa.talent.balance.chance import Chance
from minassa.talent.balance.market import Market, Table
from minassa.talent.balance.parameters import Parameters, Ranged


@dataclass(frozen=True)
class Rates:
    """Yearly rates by draw, 1 and line: `retired`, `left` (the sector, emigration included); `measured` by filière."""

    retired: Table
    left: Table
    measured: frozenset[int]


def rates(market: Market, chance: Chance, known: Parameters) -> Rates:
    """Rates of exit: as counted where enough people were seen, else the assumption within its range."""
    filiere = market.lines["filiere"].to_numpy()
    found = {"retired": np.empty((chance.draws, 1, len(filiere)))}
    found["left"] = found["retired"].copy()
    yearly = chance.share(known.rates_spread)
    for one in np.unique(filiere):
        of = filiere == one
        exposed, retired, left = market.exits.get(int(one), (0.0, 0.0, 0.0))
        for name, count, assumed in (("retired", retired, known.retirement), ("left", left, known.exit_other)):
            found[name][:, :, of] = _rate(count, exposed, assumed, yearly, chance)
    return Rates(found["retired"], found["left"], frozenset(market.exits))


def _rate(count: float, exposed: float, assumed: Ranged, yearly: Table, chance: Chance) -> Table:
    if exposed <= 0:
        return chance.share(assumed)
    rate = count / exposed
    error = np.hypot(np.sqrt(max(count, 1.0)) / exposed, yearly * rate)
    return np.asarray(np.clip(rate + error * chance.normal(1, 1), 0.0, 1.0))


def demand(market: Market, staff: Table, rate: Rates, chance: Chance, known: Parameters) -> dict[str, Table]:
    """Posts to fill by draw, year and line: `expansion` (below zero when posts go), then replacement by cause.

    `retirement`, `leaving`, `emigration`, `moving_up`; `promoted` are those who moved up into a line, who fill it.
    """
    before = staff[:, :-1]
    gone = chance.counted(rate.left * before)
    abroad = chance.share(known.emigration_of_exits)
    up = _above(market)
    rising = chance.counted(chance.share(known.moving_up) * before) * (up.sum(axis=1) > 0)
    return {
        "expansion": np.diff(staff, axis=1),
        "retirement": chance.counted(rate.retired * before),
        "leaving": gone * (1 - abroad),
        "emigration": gone * abroad,
        "moving_up": rising,
        "promoted": rising @ up,
    }


def _above(market: Market) -> Table:
    """Lines by lines: where those who rise go, the next level held in their filière and region, by its people."""
    lines = market.lines
    level, people = lines["level"].to_numpy(), lines["people"].to_numpy()
    up = np.zeros((lines.height, lines.height))
    for pair in range(market.pairs.height):
        of = np.flatnonzero(market.pair_of == pair)
        held = np.unique(level[of])
        for low, high in pairwise(held):
            to = of[level[of] == high]
            whole = people[to].sum()
            if whole > 0:
                up[np.ix_(of[level[of] == low], to)] = people[to] / whole
    return up
