"""What the headcount did between two months, taken apart: by flow, by what became of firms, by filière and region.

And what it would take to be back on the path of the programme by a month.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from minassa.outlook.targets import WHOLE, Scale, path
from minassa.outlook.trajectory import region_of_place
from minassa.vocabulary.errors import MinassaError

FLOWS: Final = ("new_jobs", "replacements", "rehires", "transfers", "leavers", "other")
FATES: Final = ("entered", "closed", "grew", "shrank")
_COUNTED: Final = ("hires_month", "transfers_in_month", "rehires_month", "replacements_month", "leavers_month")


class MonthOutside(MinassaError):
    """A month that the data or the programme do not hold."""

    code = "OUTLOOK-MONTH"


def change_by_flow(firm_months: pl.LazyFrame, start: int, end: int) -> dict[str, int]:
    """How each flow changed the headcount from the end of `start` to the end of `end` (month indices).

    `new_jobs`, `replacements`, `rehires` add; `transfers` (between firms of one group) add where they arrive; `leavers`
    take away; `other` is what no flow tells: people declared without a spell that begins or ends there. Sums to the
    change of the headcount. MonthOutside.
    """
    change = _heads(firm_months, end) - _heads(firm_months, start)
    sums = firm_months.filter(pl.col("month") > start, pl.col("month") <= end)
    row = sums.select(pl.col(name).sum() for name in _COUNTED).collect().row(0)
    hires, transfers, rehires, replacements, leavers = row
    flows = {
        "new_jobs": hires - transfers - rehires - replacements,
        "replacements": replacements,
        "rehires": rehires,
        "transfers": transfers,
        "leavers": -leavers,
    }
    return {**flows, "other": change - sum(flows.values())}


def change_by_fate(firm_months: pl.LazyFrame, start: int, end: int) -> dict[str, tuple[int, int]]:
    """Firms and headcount gained or lost between the ends of two months, by what became of firms.

    `entered` (nobody before), `closed` (nobody any more), `grew`, `shrank`: number of firms and change of headcount,
    which add up to the whole change. Firms that did not change are in none. MonthOutside.
    """
    _heads(firm_months, start), _heads(firm_months, end)
    before = pl.col("headcount_month").filter(pl.col("month") == start).sum()
    after = pl.col("headcount_month").filter(pl.col("month") == end).sum()
    fate = (
        pl.when(pl.col("before") == 0)
        .then(pl.lit("entered"))
        .when(pl.col("after") == 0)
        .then(pl.lit("closed"))
        .when(pl.col("after") > pl.col("before"))
        .then(pl.lit("grew"))
        .otherwise(pl.lit("shrank"))
    )
    firms = firm_months.group_by("affiliation").agg(before.alias("before"), after.alias("after"))
    found = (
        firms.filter(pl.col("before") != pl.col("after"))
        .group_by(fate.alias("fate"))
        .agg(pl.len().alias("firms"), (pl.col("after") - pl.col("before")).sum().alias("change"))
        .collect()
    )
    told = {str(name): (int(firms), int(change)) for name, firms, change in found.iter_rows()}
    return {name: told.get(name, (0, 0)) for name in FATES}


def change_by_part(firm_months: pl.LazyFrame, by: str, start: int, end: int) -> pl.DataFrame:
    """Headcounts at the ends of two months and the change, by `filiere` or `region` of each firm in that month.

    A firm that moved counts as a loss where it was and a gain where it is. MonthOutside.
    """
    _heads(firm_months, start), _heads(firm_months, end)
    rows = firm_months.with_columns(region_of_place().alias("region")) if by == "region" else firm_months
    heads = pl.col("headcount_month")
    counted = rows.group_by(by).agg(
        heads.filter(pl.col("month") == start).sum().alias("before"),
        heads.filter(pl.col("month") == end).sum().alias("after"),
    )
    return counted.with_columns((pl.col("after") - pl.col("before")).alias("change")).sort(by).collect()


@dataclass(frozen=True, slots=True)
class Needed:
    """What it would take to be on the path at a month. Jobs at the size of the data; rates are per month.

    `gap`: the path's level less the headcount projected; `net_jobs_month`: net jobs a month needed from now on;
    `hires_month`: hires a month if leavers stay as they are; `leavers_month`: leavers a month if hires stay as they are
    (None when no number of leavers would do). Those ending in `_now` are the monthly means of the last year.
    """

    month: int
    level: int
    gap: float
    net_jobs_month: float
    net_jobs_month_now: float
    hires_month: float
    hires_month_now: float
    leavers_month: float | None
    leavers_month_now: float


def needed(firm_months: pl.LazyFrame, now: int, month: int, projected: float, scale: Scale = WHOLE) -> Needed:
    """What it would take from the end of `now` to be on the path at the end of `month`. MonthOutside.

    `projected`: the headcount projected for that month.
    """
    levels = dict(path(scale).select("month", "level_jobs").iter_rows())
    if month not in levels or month <= now:
        raise MonthOutside("Ce mois n'est pas à venir, ou le programme n'en dit rien.", month=month)
    heads, months = _heads(firm_months, now), month - now
    year = firm_months.filter(pl.col("month") > now - 12, pl.col("month") <= now)
    hires, leavers = year.select(pl.col("hires_month").sum() / 12, pl.col("leavers_month").sum() / 12).collect().row(0)
    pace = (levels[month] - heads) / months
    fewer = hires - pace
    return Needed(
        month=month,
        level=levels[month],
        gap=levels[month] - projected,
        net_jobs_month=pace,
        net_jobs_month_now=(heads - _heads(firm_months, now - 12)) / 12,
        hires_month=leavers + pace,
        hires_month_now=hires,
        leavers_month=fewer if fewer >= 0 else None,
        leavers_month_now=leavers,
    )


def _heads(firm_months: pl.LazyFrame, month: int) -> int:
    found = firm_months.filter(pl.col("month") == month).select(pl.col("headcount_month").sum(), pl.len()).collect()
    heads, rows = found.row(0)
    if rows == 0:
        raise MonthOutside("Les déclarations ne disent rien de ce mois.", month=month)
    return int(heads)
