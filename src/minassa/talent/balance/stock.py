"""Staff ahead: headcounts of the road spread over occupations and levels by staffing shares, which move and err."""

from __future__ import annotations

from typing import Final

import numpy as np

from minassa.talent.balance.chance import Chance
from minassa.talent.balance.market import Market, Table
from minassa.talent.balance.parameters import Parameters
from minassa.talent.balance.tables import BalanceTables

LEAST: Final = 1e-12


def jobs_ahead(market: Market, chance: Chance) -> Table:
    """Headcounts by draw, year (the known one first) and pair; errors add up year after year, never below nobody."""
    jobs, deviation = market.along("jobs"), market.along("deviation")
    variance = np.diff(deviation**2, axis=0, prepend=0.0)
    step = np.sqrt(np.maximum(variance, 0.0))
    years, pairs = jobs.shape
    shared, own = chance.normal(years, 1), chance.normal(years, pairs)
    error = np.sqrt(market.together) * shared + np.sqrt(1 - market.together) * own
    return np.asarray(np.maximum(0.0, jobs + np.cumsum(step * error, axis=1)))


def staff_ahead(
    market: Market, jobs: Table, churn: Table, chance: Chance, known: Parameters, tables: BalanceTables
) -> Table:
    """People by draw, year (the known one first) and line; in each pair they add up to its headcount.

    `churn`: the part of each line that is renewed in a year, by which its share errs by chance alone.
    """
    weights = market.lines["people"].to_numpy() * _changes(market, tables)
    staff = _spread(market, weights[None], jobs)
    size = np.sqrt(churn * staff[:, 1:]) * chance.normal(*staff[:, 1:].shape[1:])
    trend = chance.share(known.share_spread) * staff[:, 1:] * chance.normal(*staff[:, 1:].shape[1:])
    moved = np.maximum(0.0, staff[:, 1:] + np.cumsum(size + trend, axis=1))
    return np.concatenate([staff[:, :1], _spread(market, moved, jobs[:, 1:])], axis=1)


def _spread(market: Market, weights: Table, jobs: Table) -> Table:
    """Headcounts of pairs over their lines by weight."""
    whole = weights @ market.within
    each = np.divide(jobs, whole, out=np.zeros(np.broadcast_shapes(jobs.shape, whole.shape)), where=whole > LEAST)
    return weights * each[..., market.pair_of]


def _changes(market: Market, tables: BalanceTables) -> Table:
    """The factor of each line by year: years (the known one first) by lines."""
    lines = market.lines
    filiere, occupation = lines["filiere"].to_numpy(), lines["occupation"].to_numpy()
    factors = np.ones((1 + len(market.months), lines.height))
    for change in tables.staffing:
        touched = (filiere == change.code) & (occupation == change.occupation)
        for year, month in enumerate(market.months, 1):
            factors[year, touched] *= change.factor(market.month, month)
    return factors
