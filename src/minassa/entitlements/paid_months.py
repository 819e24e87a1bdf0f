"""How much of the pay of each employee-period fell before the end of a month: what a claim by quarter follows."""

from __future__ import annotations

import polars as pl

from minassa.entitlements.months import aliases, employee_months
from minassa.entitlements.runs import Run
from minassa.entitlements.sources import Sources, Tables
from minassa.vocabulary.periods import MONTHS_A_YEAR, year_of

_PERIOD = ["affiliation", "person", "hired_month", "period_start"]


def paid_through(run: Run, tables: Tables, start: int, through: int) -> pl.DataFrame:
    """One row per employee-period of a run that begins from `start` to `through`, in the calendar year of `through`.

    `paid_period` and `paid_through`: pay declared at CNSS in the whole period and up to the end of `through`, in
    centimes; months declared where no month was paid (absences covered by CNSS). `period_start` is the first month of
    the period in the words of `amounts`.
    """
    sources = Sources.of(tables, run.manifest["versions"]).until(run.until)
    year = year_of(through) * MONTHS_A_YEAR
    lines = sources.cnss.filter(pl.col("month").is_between(start, year + MONTHS_A_YEAR - 1))
    months = employee_months(lines, aliases(sources.staff.collect()))
    within = pl.col("month").is_between(pl.col("begins"), pl.col("ends"))
    before = pl.col("month") <= through
    return (
        _periods(run, start, through)
        .join(months, on=["affiliation", "person"], how="inner")
        .filter(within)
        .group_by(_PERIOD)
        .agg(
            pl.col("salary_real").sum().alias("pay"),
            pl.col("salary_real").filter(before).sum().alias("pay_before"),
            pl.len().cast(pl.Int64).alias("months"),
            before.sum().cast(pl.Int64).alias("months_before"),
        )
        .select(
            *_PERIOD,
            pl.when(pl.col("pay") > 0).then("pay").otherwise("months").alias("paid_period"),
            pl.when(pl.col("pay") > 0).then("pay_before").otherwise("months_before").alias("paid_through"),
        )
    )


def _periods(run: Run, start: int, through: int) -> pl.DataFrame:
    """The employee-periods, with the first and the last month of each that may bear pay."""
    rows = run.table("employee_period").filter(pl.col("from_month").is_between(start, through))
    return rows.select(
        "affiliation",
        "person",
        "hired_month",
        pl.col("from_month").alias("period_start"),
        pl.max_horizontal("from_month", "first_month").alias("begins"),
        pl.min_horizontal("period_end", "last_month_declared").alias("ends"),
    ).collect()
