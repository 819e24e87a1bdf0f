"""How far the two sides may have drifted apart by themselves before the answer changes.

After Rambachan & Roth (2023), and simpler: their bounds by relative magnitude take the worst change before the entry
as the measure of what may go on after it. Here the change is the one between consecutive quarters, as estimated, and
the bounds are those of the 95 % interval moved by the worst drift: wider than theirs, never narrower.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from minassa.outlook.evaluation.effects import QUARTER, EventStudy, quarters, slope
from minassa.outlook.evaluation.estimates import Estimate

TIMES: Final = (0.5, 1.0, 2.0)
"""How many times the worst change seen before the entry is allowed for after it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the mean effect may be when the sides drift by up to `times` the worst change seen before."""

    times: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The mean effect under drifts.

    `straightened`: less the line through the differences before the entry, carried on. `bounds`: under the worst
    drifts. `breakdown`: the multiple of the worst drift at which zero enters the interval; 0 when it is there already,
    None when nothing moved before.
    """

    straightened: Estimate
    bounds: tuple[Bounds, ...]
    breakdown: float | None


def sensitivity(study: EventStudy) -> Sensitivity:
    """The mean effect of a study under drifts that its months before the entry suggest."""
    window, mean = study.window, study.mean
    months = float((np.arange(window.after) + 1).mean())
    after = (window.events >= 0) / window.after
    seen = quarters(window) @ study.effects
    worst = float(np.abs(np.diff(seen)).max()) / QUARTER * months if len(seen) > 1 else 0.0
    nearest = max(mean.low, -mean.high, 0.0)
    return Sensitivity(
        straightened=study.combined(after - slope(window) * months),
        bounds=tuple(Bounds(times, mean.low - times * worst, mean.high + times * worst) for times in TIMES),
        breakdown=nearest / worst if worst else None,
    )
