"""Variance of weighted totals by a stratified jackknife (JKn): each answer left out in turn, weights raked again.

Raking again for each replicate carries what raking gains, or costs, to the interval. The finite population is taken
into account stratum by stratum: a stratum in which every firm answered has no sampling variance.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from minassa.talent.survey.errors import RakingError
from minassa.talent.survey.raking import Margin, Weights, rake

NORMAL_95: Final = 1.959963984540054
"""Two-sided 95 % quantile of the normal law."""


@dataclass(frozen=True)
class Replicates:
    """Weights of every answer in each replicate (one row each), and what each counts for in a variance."""

    full: Weights
    weights: NDArray[np.float64]
    factors: Weights


@dataclass(frozen=True, slots=True)
class Estimate:
    """A weighted total or ratio: its value, standard error and 95 % interval, in the unit of what is summed."""

    value: float
    error: float

    @property
    def low(self) -> float:
        """The lower end of the 95 % interval."""
        return self.value - NORMAL_95 * self.error

    @property
    def high(self) -> float:
        """The upper end of the 95 % interval."""
        return self.value + NORMAL_95 * self.error


def jackknife(
    base: Weights,
    full: Weights,
    strata: Sequence[str],
    frame: Mapping[str, int],
    margins: Sequence[Margin],
    *,
    cap: float | None = None,
) -> Replicates:
    """A replicate per answer left out, raked as the full weights were.

    `base`: weights before raking; `frame`: firms of the register by stratum. A stratum with one answer is put with the
    next one. A replicate whose margins can no longer be met is raked without the cap, then left as its base.
    """
    names = _paired(strata)
    rows, factors = list[Weights](), list[float]()
    counts = {name: names.count(name) for name in dict.fromkeys(names)}
    firms = _firms(strata, names, frame)
    for at, name in enumerate(names):
        answered = counts[name]
        if answered < 2:  # noqa: PLR2004 (nothing is left of one answer)
            continue
        left = base.copy()
        same = np.asarray([one == name for one in names])
        left[same] *= answered / (answered - 1)
        left[at] = 0.0
        rows.append(_raked_again(left, margins, cap, at))
        sampled = min(answered / firms[name], 1.0) if firms[name] else 0.0
        factors.append((1.0 - sampled) * (answered - 1) / answered)
    kept = np.vstack(rows) if rows else np.zeros((0, len(base)))
    return Replicates(full, kept, np.asarray(factors, dtype=np.float64))


def _paired(strata: Sequence[str]) -> list[str]:
    """The stratum of each answer, lone answers put together with the stratum before theirs in order."""
    order = sorted(set(strata))
    counts = {name: list(strata).count(name) for name in order}
    into, last = dict[str, str](), ""
    for name in order:
        into[name] = into[last] if counts[name] == 1 and last else name
        last = name
    if len(order) > 1 and list(into.values()).count(into[order[0]]) == 1 and counts[order[0]] == 1:
        into[order[0]] = into[order[1]]
    return [into[name] for name in strata]


def _firms(strata: Sequence[str], names: Sequence[str], frame: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for stratum, name in sorted(set(zip(strata, names, strict=True))):
        found[name] = found.get(name, 0) + frame.get(stratum, 0)
    return found


def _raked_again(base: Weights, margins: Sequence[Margin], cap: float | None, left_out: int) -> Weights:
    keep = np.arange(len(base)) != left_out
    inner = [
        Margin(one.name, [name for at, name in enumerate(one.categories) if at != left_out], one.totals)
        for one in margins
    ]
    found = np.zeros(len(base))
    for ceiling in dict.fromkeys((cap, None)):
        try:
            found[keep] = rake(base[keep], inner, cap=ceiling).weights
        except RakingError:
            continue
        return found
    found[keep] = base[keep]
    return found


def total(values: Weights, replicates: Replicates) -> Estimate:
    """The weighted total of a value of each answer (zero for those it does not concern)."""
    full = float(replicates.full @ values)
    around = replicates.weights @ values
    return Estimate(full, math.sqrt(float((replicates.factors * (around - full) ** 2).sum())))


def ratio(values: Weights, over: Weights, replicates: Replicates) -> Estimate:
    """The ratio of two weighted totals; NaN when the second is zero."""
    below = float(replicates.full @ over)
    if not below:
        return Estimate(math.nan, math.nan)
    full = float(replicates.full @ values) / below
    sums = replicates.weights @ over
    around = np.divide(replicates.weights @ values, sums, out=np.full(len(sums), full), where=sums != 0)
    return Estimate(full, math.sqrt(float((replicates.factors * (around - full) ** 2).sum())))
