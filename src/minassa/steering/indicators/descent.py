"""The way down from the value of an indicator: the firms behind it, then the months of their employees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from minassa.entitlements.firm_months import BASE_MONTH
from minassa.entitlements.runs import Run
from minassa.entitlements.sources import Tables
from minassa.outlook.trajectory import series
from minassa.steering.indicators.catalogue import Frequency, Indicator
from minassa.steering.indicators.cube import MONTHS, firm_sizes
from minassa.steering.indicators.reading import Filters

WHO: Final = ("affiliation", "filiere", "place")
SPELL: Final = ("first_month", "is_hire", "transferred", "rehired", "replaces_leaver")
READ: Final = ("person", "file_id", "line", "month", "days", "salary_real", "salary_capped", "situation")
Find = Callable[[Run, pl.LazyFrame, Indicator, int], pl.LazyFrame]


def leads_to_firms(one: Indicator) -> bool:
    """Whether the value of an indicator is a sum over firms that can be shown one by one."""
    return one.code in _WAYS


def firms_behind(run: Run, one: Indicator, filters: Filters, period: int) -> pl.DataFrame:
    """The firms behind the value of a period (its last month), those of the most weight first.

    Columns: `affiliation`, `filiere`, `place`, `value` (its part of the value, null where nothing is known). KeyError
    for an indicator that is no sum over firms.
    """
    sizes = firm_sizes(run).lazy()
    sums = _WAYS[one.code](run, sizes, one, period)
    kept = filters.of(sums).collect()
    values = [one.value(row) for row in kept.iter_rows(named=True)]
    told = kept.select(WHO).with_columns(pl.Series("value", values, dtype=pl.Int64))
    return told.filter(pl.col("value") != 0).sort(pl.col("value").abs(), "affiliation", descending=[True, False])


def months_behind(tables: Tables, run: Run, affiliation: int, month: int) -> pl.DataFrame:
    """What a firm declared of each employee for a month, as the run read it: a row for each line of a CNSS file.

    Columns: `READ` (`person` is a pseudonym), and of the spell of employment that holds the month `first_month`,
    `is_hire`, `transferred`, `rehired`, `replaces_leaver` (null when none does).
    """
    rows = tables.current("cnss_lines", dict(run.manifest["versions"]))
    declared = rows.filter(pl.col("month") == month, pl.col("affiliation") == affiliation)
    held = run.table("spells").filter(
        pl.col("affiliation") == affiliation, pl.col("first_month") <= month, pl.col("last_month") >= month
    )
    lines = declared.select(*READ).collect()
    spells = held.select("person", *SPELL).unique("person", keep="last").collect()
    told = lines.join(spells, on="person", how="left")
    return told.sort("first_month", "file_id", "line", descending=[True, False, False], nulls_last=True)


def amounts_of_month(run: Run, affiliation: int, person: int, month: int, hired: int | None) -> pl.DataFrame:
    """The amounts of the run that a month of an employee counts in, those due first."""
    mine = run.table("amounts").filter(pl.col("affiliation") == affiliation, pl.col("person") == person)
    once = (pl.col("period_start") == pl.col("period_end")) & (pl.col("period_start") == (hired or month))
    within = (pl.col("period_start") <= month) & (pl.col("period_end") >= month)
    return mine.filter(once | within).sort("entitled", "amount_cents", descending=True).collect()


def _jobs(run: Run, sizes: pl.LazyFrame, one: Indicator, period: int) -> pl.LazyFrame:
    """The series of each firm in the month, or added up since July 2025; a firm counts where it is in the last one."""
    first = BASE_MONTH + 1 if one.frequency == Frequency.SINCE else period
    rows = run.table("firm_month").filter(pl.col("month") >= first, pl.col("month") <= period)
    found = series(rows, WHO).lazy()
    if one.frequency == Frequency.SINCE:
        places = found.sort("month").group_by("affiliation").agg(pl.col("filiere", "place").last())
        found = found.group_by("affiliation").agg(pl.col(one.inputs).sum()).join(places, on="affiliation")
    return found.join(sizes, on="affiliation", how="left")


def _amounts(run: Run, sizes: pl.LazyFrame, one: Indicator, period: int) -> pl.LazyFrame:
    """What is due to each firm so far, where its people work."""
    [column] = one.inputs
    measure = column.removeprefix("due_") if column != "due" else None
    due = run.table("amounts").filter("entitled", pl.min_horizontal("period_end", pl.lit(run.until)) <= period)
    mine = due if measure is None else due.filter(pl.col("measure") == measure)
    sums = mine.group_by(WHO).agg(pl.col("amount_cents").sum().alias(column))
    return sums.join(sizes, on="affiliation", how="left")


def _accounts(run: Run, sizes: pl.LazyFrame, one: Indicator, period: int) -> pl.LazyFrame:
    """What each firm's accounts of the year say, where they are filed."""
    columns: Mapping[str, str] = {"export_turnover": "export_turnover_year"}
    filed = run.table("firm_year").filter("accounts_filed", pl.col("closing_month") // MONTHS == period // MONTHS)
    sums = filed.group_by(WHO).agg(pl.col(columns[name]).sum().alias(name) for name in one.inputs)
    return sums.join(sizes, on="affiliation", how="left")


_WAYS: Final[Mapping[str, Find]] = {
    **dict.fromkeys(
        ("declared_jobs", "net_jobs", "new_jobs_month", "new_jobs_since", "kept_jobs", "leavers_month"), _jobs
    ),
    **dict.fromkeys(("due", "due_air", "due_ais", "due_pae", "due_paf"), _amounts),
    "export_turnover": _accounts,
}
