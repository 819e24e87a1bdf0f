"""Panels of firms whose scheme has a known effect: what was lived with it, and what would have been lived without.

The firms, their sizes, places, growth and season are those of the synthetic country; shocks of a filière, of a region
and of a firm come on top. Firms enter the scheme in waves, the larger ones and those of some filières sooner: chosen by
level and by what they share, as real firms are. Each firm lives twice, by the same draws, with and without the effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.nation.calibration import calibration
from minassa.nation.firms import MONTHS_A_YEAR, Firms, make_firms
from minassa.nation.streams import BASIS, stream
from minassa.vocabulary.periods import month_number
from minassa.vocabulary.places import places

_SEASON_UNIT: Final = 1_000
_PERSISTENCE: Final = 0.9
"""Part of a shock that is still felt the month after."""
_SHOCK_FIRM, _SHOCK_FILIERE, _SHOCK_REGION = 0.02, 0.01, 0.005
"""Standard deviation of the shocks of a month, in log points."""
_RAMP: Final = 12
"""Months after which an effect that grows is whole."""


@dataclass(frozen=True, slots=True)
class Planted:
    """What the scheme does in a country.

    `effect`: log points of headcount in a firm that entered (0: nothing), at once (`level`) or rising over twelve
    months (`growing`). `displaced`: the part of these jobs that is taken from the firms of the same place and filière
    that have not entered. `chosen_drift`: yearly log points by which firms that enter grew faster anyway: a comparison
    cannot then be trusted, and should say so. `share`: firms that enter sooner or later.
    """

    effect: float
    shape: Literal["level", "growing"] = "level"
    displaced: float = 0.0
    chosen_drift: float = 0.0
    share: float = 0.5


def firm_panel(*, people: int, months: int, seed: int, start_month: int, planted: Planted) -> pl.DataFrame:
    """Firms by month of a country with a known effect.

    Columns: `affiliation`, `month`, `filiere`, `place`, `cohort_month` (null: never enters); persons: `headcount_month`
    at the end of the month as lived, `new_jobs_month` by which it rose, `headcount_without` the scheme. Firms open all
    along only.
    """
    every = make_firms(seed, people, months)
    firms = every.take(np.flatnonzero((every.opens == 0) & (every.closes >= months)))
    rng = stream(seed, "known-effect")
    cohort = _cohorts(rng, firms, months, planted.share)
    log_posts = _log_posts(rng, firms, months, start_month)
    drift = planted.chosen_drift / MONTHS_A_YEAR * (cohort < months)[:, None] * np.arange(months)
    without = np.exp(log_posts + drift)
    with_it = _displaced(firms, without, cohort, _effect(cohort, months, planted), planted.displaced)
    rounding = rng.random(len(firms))[:, None]
    return _rows(firms, start_month, cohort, np.floor(with_it + rounding), np.floor(without + rounding))


def entries(seed: int, firms: Firms, months: int, planted: Planted) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The month each firm of a country enters the scheme (`months` or more: never), and its effect in each month.

    Log points of the posts firms aim at; nothing is displaced, and nobody chosen for growing faster.
    """
    cohort = _cohorts(stream(seed, "entries"), firms, months, planted.share)
    return cohort, _effect(cohort, months, planted)


def _cohorts(rng: np.random.Generator, firms: Firms, months: int, share: float) -> NDArray[np.int64]:
    """The month each firm enters, from the first one; `months` or more: never in sight."""
    liking = np.log(firms.size) + 0.5 * (firms.filiere <= np.median(firms.filiere)) + rng.normal(0.0, 1.5, len(firms))
    order = np.argsort(np.argsort(-liking)) / len(firms)
    first, last = months // 3, months - months // 4
    month = first + (order / share * (last - first)).astype(np.int64) + rng.integers(-6, 7, len(firms))
    return np.where(order < share, np.clip(month, first, last - 1), months + BASIS)


def _log_posts(rng: np.random.Generator, firms: Firms, months: int, start_month: int) -> NDArray[np.float64]:
    """The logarithm of the posts of each firm in each month, nobody in the scheme."""
    season = np.array(calibration().hiring_season.value) / _SEASON_UNIT
    weight = season[[month_number(start_month + month) - 1 for month in range(months)]]
    grown = np.log1p(firms.growth / BASIS / MONTHS_A_YEAR)[:, None] * np.cumsum(weight)
    region = {place.code: place.region for place in places()}
    regions = np.array([region[int(code)] for code in firms.place])
    shocks = _shocks(rng, len(firms), months, _SHOCK_FIRM)
    shocks += _shocks(rng, int(firms.filiere.max()) + 1, months, _SHOCK_FILIERE)[firms.filiere]
    shocks += _shocks(rng, int(regions.max()) + 1, months, _SHOCK_REGION)[regions]
    return np.asarray(np.log(firms.size)[:, None] + grown + shocks)


def _shocks(rng: np.random.Generator, count: int, months: int, spread: float) -> NDArray[np.float64]:
    """Shocks that fade month after month, in log points."""
    felt = np.zeros((count, months))
    drawn = rng.normal(0.0, spread, (count, months))
    felt[:, 0] = drawn[:, 0]
    for month in range(1, months):
        felt[:, month] = _PERSISTENCE * felt[:, month - 1] + drawn[:, month]
    return felt


def _effect(cohort: NDArray[np.int64], months: int, planted: Planted) -> NDArray[np.float64]:
    """Log points that the scheme gives each firm in each month."""
    since = np.arange(months)[None, :] - cohort[:, None]
    part = (since >= 0).astype(float)
    if planted.shape == "growing":
        part = np.clip((since + 1) / _RAMP, 0.0, 1.0)
    return np.asarray(planted.effect * part)


def _displaced(
    firms: Firms,
    without: NDArray[np.float64],
    cohort: NDArray[np.int64],
    effect: NDArray[np.float64],
    displaced: float,
) -> NDArray[np.float64]:
    """Posts with the scheme: what firms gain, less what their neighbours outside it lose to them."""
    gained = without * np.expm1(effect)
    lived = without + gained
    outside = cohort >= effect.shape[1]
    neighbours = np.unique(np.stack([firms.place, firms.filiere]), axis=1, return_inverse=True)[1].ravel()
    for one in np.unique(neighbours):
        here = neighbours == one
        losers = here & outside
        staff = without[losers].sum(axis=0)
        if losers.any():
            lost = np.minimum(displaced * gained[here].sum(axis=0) / staff, 0.5)
            lived[losers] = without[losers] * (1 - lost)
    return lived


def _rows(
    firms: Firms,
    start_month: int,
    cohort: NDArray[np.int64],
    lived: NDArray[np.float64],
    without: NDArray[np.float64],
) -> pl.DataFrame:
    count, months = lived.shape
    return pl.DataFrame(
        {
            "affiliation": np.repeat(firms.affiliation, months),
            "month": np.tile(np.arange(start_month, start_month + months), count).astype(np.int32),
            "filiere": np.repeat(firms.filiere, months).astype(np.int8),
            "place": np.repeat(firms.place, months).astype(np.int16),
            "cohort_month": np.repeat(np.where(cohort < months, start_month + cohort, -1), months),
            "headcount_month": lived.ravel().astype(np.int64),
            "new_jobs_month": np.maximum(np.diff(lived, axis=1, prepend=lived[:, :1]), 0).ravel().astype(np.int64),
            "headcount_without": without.ravel().astype(np.int64),
        }
    ).with_columns(pl.when(pl.col("cohort_month") >= 0).then("cohort_month").alias("cohort_month"))
