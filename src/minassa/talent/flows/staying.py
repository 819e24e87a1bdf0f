"""How long inserted graduates stay in the sector: the curve of Kaplan and Meier, by month since the first job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from statsmodels.duration.survfunc import SurvfuncRight

from minassa.talent.flows.shares import Z

BREAK: Final = 3
"""Months in a row without any line that end a stay; a shorter gap is a change of employer."""
LEAST: Final = 10
"""Graduates inserted below which no curve is drawn."""


@dataclass(frozen=True, slots=True)
class Staying:
    """The part still in the sector by month since the first job, with the bounds of its 95 % interval."""

    months: tuple[int, ...]
    part: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    people: int


def stays(graduates: pl.DataFrame, work: pl.LazyFrame, last_month: int) -> pl.DataFrame:
    """The first stay in the sector of each graduate with a ground: `person`, `months` long, `left`.

    A stay begins with the first month at work after graduation and ends with the first gap of `BREAK` months; one
    that may still be going on at `last_month` has not `left`.
    """
    since = graduates.filter("grounded").lazy().select("person", "graduated_month")
    months = (
        work.join(since, on="person")
        .filter(pl.col("month") > pl.col("graduated_month"), pl.col("month") <= last_month)
        .select("person", "month")
        .sort("person", "month")
        .with_columns(gap=(pl.col("month").diff().over("person") - 1).fill_null(0))
        .with_columns(broken=(pl.col("gap") >= BREAK).cum_sum().over("person"))
        .filter(pl.col("broken") == 0)
    )
    return (
        months.group_by("person")
        .agg(months=pl.col("month").max() - pl.col("month").min() + 1, until=pl.col("month").max())
        .with_columns(left=pl.col("until") <= last_month - BREAK)
        .select("person", "months", "left")
        .sort("person")
        .collect()
    )


def staying(held: pl.DataFrame) -> Staying | None:
    """The curve of some stays; None when they are fewer than `LEAST`."""
    if held.height < LEAST:
        return None
    curve = SurvfuncRight(held["months"].to_numpy(), held["left"].to_numpy().astype(np.int64))
    part, error = np.asarray(curve.surv_prob), np.asarray(curve.surv_prob_se)
    return Staying(
        tuple(int(month) for month in curve.surv_times),
        tuple(float(each) for each in part),
        tuple(float(each) for each in np.clip(part - Z * error, 0, 1)),
        tuple(float(each) for each in np.clip(part + Z * error, 0, 1)),
        held.height,
    )
