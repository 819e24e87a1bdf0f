"""One place that entered alone, beside the blend of other places that had moved like it before.

The blend is the one of Abadie, Diamond & Hainmueller (2010): weights of zero or more that add up to one, by the
non-negative least squares of scipy. How sure it is comes from giving the entry to each other place in turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from minassa.outlook.evaluation.panel import UnusablePanel

LEAST_OTHERS: Final = 5
LEAST_BEFORE: Final = 6
_SUM_TO_ONE: Final = 1_000.0
"""Weight of the row that makes weights add up to one, beside outcomes of the order of one."""


@dataclass(frozen=True, slots=True)
class Blend:
    """A place and its blend.

    `weights` of the other places; `gaps`: the place less its blend, month by month; `effect`: their mean from the
    entry on; `p`: the part of all places, itself among them, whose gaps grow as much when the entry is theirs.
    """

    weights: NDArray[np.float64]
    gaps: NDArray[np.float64]
    effect: float
    p: float


def blend(outcome: NDArray[np.float64], entered: int, entry: int) -> Blend:
    """The blend of a place: rows of `outcome` are places, columns months; `entry`, the column from which it is in.

    UnusablePanel with too few other places or months before.
    """
    if len(outcome) - 1 < LEAST_OTHERS or entry < LEAST_BEFORE or entry >= outcome.shape[1]:
        raise UnusablePanel(
            f"Un mélange de lieux en demande {LEAST_OTHERS} autres, et {LEAST_BEFORE} mois avant l'entrée."
        )
    weights, gaps = _blended(outcome, entered, entry)
    others = np.delete(outcome, entered, axis=0)
    grown = [_growth(_blended(others, rank, entry)[1], entry) for rank in range(len(others))]
    own = _growth(gaps, entry)
    as_much = 1 + sum(one >= own for one in grown)
    return Blend(weights, gaps, float(gaps[entry:].mean()), as_much / (len(grown) + 1))


def _blended(outcome: NDArray[np.float64], rank: int, entry: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights of the others, and gaps to their blend."""
    others = np.delete(outcome, rank, axis=0)
    before = np.vstack([others[:, :entry].T, np.full(len(others), _SUM_TO_ONE)])
    weights = nnls(before, np.append(outcome[rank, :entry], _SUM_TO_ONE))[0]
    return weights, outcome[rank] - weights @ others


def _growth(gaps: NDArray[np.float64], entry: int) -> float:
    """How many times larger gaps are after than before, in mean squares."""
    before = float(np.mean(gaps[:entry] ** 2))
    return float(np.mean(gaps[entry:] ** 2)) / max(before, np.finfo(float).tiny)
