"""Jobs taken from neighbours: what firms outside the scheme lost where more of their neighbours entered it.

Neighbours are the firms of one place and filière. A firm outside is compared with other firms outside of its cell
whose neighbours entered less. Where jobs move from one firm to the next, comparing firms that entered with their own
neighbours counts the move twice: hence this check beside the effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from statsmodels.regression.linear_model import OLS

from minassa.outlook.evaluation.estimates import Estimate, estimate
from minassa.outlook.evaluation.jackknife import jackknifed
from minassa.outlook.evaluation.panel import NEVER, Panel, UnusablePanel

LEAST_OUTSIDE: Final = 10
LEAST_PLACES: Final = 6
"""Neighbourhoods below which an error clustered by them says nothing."""


@dataclass(frozen=True, slots=True)
class Displacement:
    """The mean change, in the unit of the outcome, that firms outside owe to neighbours that entered.

    `exposure`: the mean part of the jobs around that is in firms that entered. The interval is somewhat narrow: that
    of 95 % covers some 90 % where regions and filières have shocks of their own (`bench/evaluation.py`).
    """

    mean: Estimate
    exposure: float
    outside: int
    neighbourhoods: int


def displacement(panel: Panel) -> Displacement:
    """What firms that never enter became, from the month before the first entry to the last one, by exposure.

    UnusablePanel when too few firms or neighbourhoods are left, or when all are exposed alike.
    """
    waves = panel.cohort[panel.cohort < NEVER]
    if not len(waves) or int(waves.min()) <= panel.first_month:
        raise UnusablePanel("Il faut des entrées, et un mois avant la première.")
    base = int(waves.min()) - 1
    exposure = _exposure(panel, panel.headcount[:, base - panel.first_month])
    outside = np.flatnonzero((panel.cohort == NEVER) & ~np.isnan(exposure))
    places = np.unique(panel.place[outside], return_inverse=True)[1]
    cells = np.unique(panel.cell[outside], return_inverse=True)[1]
    many = int(places.max()) + 1 if len(outside) else 0
    within = _less_means(exposure[outside], cells)
    if len(outside) < LEAST_OUTSIDE or many < LEAST_PLACES or not np.abs(within).max() > 0:
        raise UnusablePanel(f"Trop peu de voisinages pour voir un déplacement : {len(outside)} entreprises, {many}.")
    change = panel.at(panel.last_month)[outside] - panel.at(base)[outside]
    fitted = OLS(_less_means(change, cells), within[:, None]).fit()
    error = float(jackknifed(within[:, None], within[:, None] * fitted.resid[:, None], places)[0])
    mean = float(exposure[outside].mean())
    felt = estimate(float(fitted.params[0]) * mean, error * mean, float(many - 1))
    return Displacement(felt, mean, len(outside), many)


def _exposure(panel: Panel, heads: NDArray[np.float64]) -> NDArray[np.float64]:
    """The part of the jobs of its neighbours that is in firms that enter; NaN for a firm without any neighbour."""
    rank = np.unique(panel.place, return_inverse=True)[1]
    enters = panel.cohort < NEVER
    around = np.bincount(rank, weights=heads)[rank] - heads
    inside = np.bincount(rank, weights=heads * enters)[rank] - heads * enters
    return np.where(around > 0, inside / np.where(around > 0, around, 1.0), np.nan)


def _less_means(values: NDArray[np.float64], cells: NDArray[np.int64]) -> NDArray[np.float64]:
    """Values less the mean of their cell."""
    means: NDArray[np.float64] = np.bincount(cells, weights=values) / np.bincount(cells)
    return values - means[cells]
