"""Jobs that would have been there anyway: of those the scheme pays for, the part it did not add."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from minassa.outlook.evaluation.effects import QUARTER, EventStudy
from minassa.outlook.evaluation.estimates import Estimate
from minassa.outlook.evaluation.panel import Panel
from minassa.outlook.evaluation.stacking import stacked

LATE: Final = QUARTER
"""Months at the end of the window whose mean effect the jobs added are counted with."""


@dataclass(frozen=True, slots=True)
class Anyway:
    """Jobs at the end of the window of the firms that entered and were compared.

    `paid_for`: new jobs that the scheme pays for, begun since the entry; `added`, with its bounds: jobs that would
    not be there without it; `anyway`: the part of the first that is not the second (None without any paid for).
    Bounds of `anyway` are those of the effect alone.
    """

    paid_for: float
    added: float
    added_low: float
    added_high: float
    anyway: float | None
    anyway_low: float | None
    anyway_high: float | None


def anyway(panel: Panel, study: EventStudy, *, logarithm: bool) -> Anyway:
    """The jobs of the firms of a study, from the effect of its last months."""
    window = study.window
    stack = stacked(panel, window)
    rows = np.searchsorted(panel.firm, stack.firm[stack.entered])
    last = panel.cohort[rows] + window.after - 1 - panel.first_month
    heads = panel.headcount[rows, last]
    paid = sum(
        float(panel.new_jobs[row, end - window.after + 1 : end + 1].sum()) for row, end in zip(rows, last, strict=True)
    )
    late = study.combined((window.events >= window.after - LATE) / min(LATE, window.after))
    added, low, high = (_jobs(heads.sum(), len(rows), one, logarithm=logarithm) for one in _three(late))
    parts = [1 - jobs / paid for jobs in (added, high, low)] if paid else [None, None, None]
    return Anyway(paid, added, low, high, *parts)


def _three(late: Estimate) -> tuple[float, float, float]:
    return late.value, late.low, late.high


def _jobs(heads: float, firms: int, effect: float, *, logarithm: bool) -> float:
    """Jobs that an effect stands for: a part of those in post, or so many in each firm."""
    return float(heads * -np.expm1(-effect)) if logarithm else effect * firms
