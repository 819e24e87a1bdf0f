"""Jobs whose departures past a month in post are known: what ends when a premium is due, and what does not."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from minassa.nation.calibration import by_filiere, calibration
from minassa.nation.firms import MONTHS_A_YEAR, make_firms
from minassa.nation.streams import BASIS, stream

_FIRM_SPREAD: Final = 0.25
"""Standard deviation, in log points, of the departures of firms around those of their filière."""
_YEARLY_HIRES: Final = 0.3
"""New jobs a year, as a part of the staff."""


def job_stays(
    *, people: int, months: int, seed: int, required: int, log_ratio: float, share: float = 0.5
) -> pl.DataFrame:
    """Jobs begun in a country of `people`, followed to its last month, those of some firms being `helped`.

    Departures are those of the filière, more in some firms than in others; past the `required` month in post those of
    helped jobs are multiplied by exp(`log_ratio`). Columns: `affiliation`, `months` in post, `left`, `helped`,
    `filiere`.
    """
    rng = stream(seed, "known-stays")
    every = make_firms(seed, people, months)
    firms = every.take(np.flatnonzero(every.opens == 0))
    jobs = rng.poisson(firms.size * _YEARLY_HIRES * months / MONTHS_A_YEAR)
    firm = np.repeat(np.arange(len(firms)), jobs)
    helped = (rng.random(len(firms)) < share)[firm]
    rates = np.zeros(int(max(firms.filiere.max(), *by_filiere(calibration().exits))) + 1)
    for filiere, rate in by_filiere(calibration().exits).items():
        rates[filiere] = rate / BASIS
    own = np.exp(rng.normal(0.0, _FIRM_SPREAD, len(firms)))
    hazard = (-np.log1p(-rates[firms.filiere]) / MONTHS_A_YEAR * own)[firm]
    seen = months - rng.integers(0, months, len(firm))
    due = _months_in_post(rng.exponential(1.0, len(firm)), hazard, required, np.where(helped, np.exp(log_ratio), 1.0))
    return pl.DataFrame(
        {
            "affiliation": firms.affiliation[firm],
            "months": np.minimum(due, seen),
            "left": due <= seen,
            "helped": helped,
            "filiere": firms.filiere[firm].astype(np.int8),
        }
    )


def _months_in_post(
    fate: np.ndarray[tuple[int], np.dtype[np.float64]],
    hazard: np.ndarray[tuple[int], np.dtype[np.float64]],
    required: int,
    ratio: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Months in post of jobs that end once their hazard has added up to their fate, another from a month on."""
    before = hazard * (required - 1)
    late = required - 1 + (fate - before) / (hazard * ratio)
    return np.ceil(np.where(fate <= before, fate / hazard, late)).astype(np.int64).clip(1)
