"""Jobs past the month that the premium asks for: how many are still held, beside jobs no premium was asked for.

Curves are those of Kaplan and Meier; the ratio of departures is that of proportional hazards seen month by month
(Prentice & Gloeckler 1978: a complementary log-log regression of who leaves among those still there), with errors
clustered by firm. Both come from statsmodels. Its own regression of Cox is not used: asked for strata and clusters at
once, version 0.15 gives no error at all. A job counts from the month that ends the stay required: what the premium
holds ends there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.families.links import CLogLog
from statsmodels.genmod.generalized_linear_model import GLM

from minassa.outlook.evaluation.estimates import Estimate, estimate
from minassa.outlook.evaluation.jackknife import jackknifed
from minassa.outlook.evaluation.panel import TooFew

LEAST_JOBS: Final = 30
"""Jobs on each side below which nothing is said."""
LEAST_FIRMS: Final = 10
LEAST_DEPARTURES: Final = 5


@dataclass(frozen=True, slots=True)
class Curve:
    """The part of jobs still held, by month past the one required, with the bounds of its 95 % interval."""

    months: tuple[int, ...]
    held: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """Jobs of the scheme and others past the month required.

    `ratio`: the logarithm of departures of the ones over departures of the others; above zero, jobs are left more
    once the premium is due.
    """

    helped: Curve
    others: Curve
    ratio: Estimate
    jobs_helped: int
    jobs_others: int


def kept_jobs(stays: pl.DataFrame, required: int, horizon: int) -> Kept:
    """What becomes of jobs in the `horizon` months past the `required` one.

    `stays` has one row per job: `affiliation`, `months` in post (the last one known among them), `left` (else still
    held when last seen), `helped`, `filiere`. UnusablePanel when too few jobs, firms or departures can be compared.
    """
    rows = stays.filter(pl.col("months") >= required).with_columns(
        (pl.col("months") - required + 1).clip(upper_bound=horizon).alias("time"),
        (pl.col("left") & (pl.col("months") - required + 1 <= horizon)).alias("left"),
    )
    _refuse_few(rows)
    helped = rows["helped"].to_numpy()
    time, left = rows["time"].to_numpy().astype(float), rows["left"].to_numpy().astype(int)
    return Kept(
        helped=_curve(time[helped], left[helped], horizon),
        others=_curve(time[~helped], left[~helped], horizon),
        ratio=_ratio(rows, horizon),
        jobs_helped=int(helped.sum()),
        jobs_others=int((~helped).sum()),
    )


def _refuse_few(rows: pl.DataFrame) -> None:
    for side in (True, False):
        some = rows.filter(pl.col("helped") == side)
        few = some.height < LEAST_JOBS or some["affiliation"].n_unique() < LEAST_FIRMS
        if few or int(some["left"].sum()) < LEAST_DEPARTURES:
            had = {"jobs": some.height, "firms": some["affiliation"].n_unique(), "departures": int(some["left"].sum())}
            raise TooFew(
                f"Trop peu d'emplois à comparer : {had['jobs']} de {had['firms']} entreprises, "
                f"dont {had['departures']} départs, {'avec' if side else 'sans'} la prime.",
                had={**had, "helped": int(side)},
                wanted={"jobs": LEAST_JOBS, "firms": LEAST_FIRMS, "departures": LEAST_DEPARTURES},
            )


def _curve(time: NDArray[np.float64], left: NDArray[np.int64], horizon: int) -> Curve:
    """The curve of Kaplan and Meier at every month; before the first departure all jobs are held."""
    fitted = SurvfuncRight(time, left)
    rank = np.searchsorted(fitted.surv_times, np.arange(1, horizon + 1), side="right") - 1
    held = np.where(rank >= 0, fitted.surv_prob[rank], 1.0)
    reach = np.where(rank >= 0, fitted.surv_prob_se[rank], 0.0)
    bounds = [estimate(float(one), float(error), np.inf) for one, error in zip(held, reach, strict=True)]
    return Curve(
        months=tuple(range(1, horizon + 1)),
        held=tuple(float(one) for one in held),
        low=tuple(max(one.low, 0.0) for one in bounds),
        high=tuple(min(one.high, 1.0) for one in bounds),
    )


def _ratio(rows: pl.DataFrame, horizon: int) -> Estimate:
    """The log ratio of departures, month by month and by filière, firms being the clusters."""
    months = pl.DataFrame({"month": range(1, horizon + 1)})
    keys = ["affiliation", "helped", "filiere", "month"]
    there = (
        rows.join(months, how="cross")
        .filter(pl.col("month") <= pl.col("time"))
        .group_by(keys)
        .agg((pl.col("left") & (pl.col("time") == pl.col("month"))).sum().alias("gone"), pl.len().alias("all"))
        .sort(keys)
    )
    kinds = there.select(pl.col("month", "filiere").cast(pl.String)).to_dummies(drop_first=True)
    design = np.column_stack([np.ones(there.height), there["helped"].to_numpy(), kinds.to_numpy()]).astype(float)
    counts = there.select("gone", pl.col("all") - pl.col("gone").cast(pl.UInt32)).to_numpy().astype(float)
    firms = np.unique(there["affiliation"].to_numpy(), return_inverse=True)[1]
    fitted = GLM(counts, design, family=Binomial(CLogLog())).fit()
    errors = jackknifed(design, fitted.model.score_obs(fitted.params), firms, _weights(fitted))
    return estimate(float(fitted.params[1]), float(errors[1]), float(firms.max()))


def _weights(fitted: Any) -> NDArray[np.float64]:  # noqa: ANN401 (a result of statsmodels, which has no types)
    """What each row weighs in the information of the fit."""
    return np.asarray(fitted.model.hessian_factor(fitted.params, observed=False))
