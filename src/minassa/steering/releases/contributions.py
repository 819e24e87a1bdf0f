"""What each firm puts in published numbers, from the frames of a run. A group is one firm: its members share all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from minassa.entitlements.firm_months import BASE_MONTH
from minassa.entitlements.runs import Run
from minassa.outlook.disclosure.tables import ALL, Contribution

COUNTS: Final = ("headcount", "headcount_base", "new_jobs", "leavers", "kept_jobs")
"""Whole numbers of jobs by firm and month."""
CENTS: Final = ("due_cents", "provisional_cents")


def jobs_of(run: Run) -> pl.DataFrame:
    """Jobs by firm, month, place and filière: `firm`, `month`, `place`, `filiere`, then `COUNTS`.

    `new_jobs`: hires that are no transfer, re-hire or replacement.
    """
    new = pl.col("hires_month") - pl.col("transfers_in_month") - pl.col("rehires_month") - pl.col("replacements_month")
    named = run.table("firm_month").select(
        "affiliation",
        "month",
        "place",
        "filiere",
        pl.col("headcount_month").alias("headcount"),
        "headcount_base",
        new.alias("new_jobs"),
        pl.col("leavers_month").alias("leavers"),
        pl.col("kept_hires_month").alias("kept_jobs"),
    )
    return _by_firm(run, named, ["month", "place", "filiere"]).agg(pl.col(COUNTS).sum()).sort(pl.all()).collect()


def money_of(run: Run) -> pl.DataFrame:
    """Amounts due by firm, measure, year, place, filière and status: `CENTS`, `rights`, `persons` (0: firms alone).

    The year is that in which the period ends; of a hire, that of its hiring.
    """
    entitled = run.table("amounts").filter("entitled")
    named = entitled.with_columns((pl.col("period_end") // 12).alias("year"))
    keys = ["measure", "year", "place", "filiere", "status"]
    cents = pl.col("amount_cents")
    return (
        _by_firm(run, named, keys)
        .agg(
            cents.sum().alias("due_cents"),
            cents.filter("provisional").sum().alias("provisional_cents"),
            pl.len().cast(pl.Int64).alias("rights"),
            pl.col("person").filter(pl.col("person") != 0).n_unique().cast(pl.Int64).alias("persons"),
        )
        .sort(pl.all())
        .collect()
    )


def _by_firm(run: Run, rows: pl.LazyFrame, keys: list[str]) -> pl.lazyframe.group_by.LazyGroupBy:
    groups = run.table("spells").select("affiliation", "group_head").unique("affiliation")
    firm = pl.coalesce(pl.when(pl.col("group_head") > 0).then("group_head"), "affiliation").cast(pl.Int64)
    return rows.join(groups, on="affiliation", how="left").group_by(firm.alias("firm"), *keys)


def headcounts(jobs: pl.DataFrame, of: str = "headcount") -> list[Contribution]:
    """Contributions of one month: places by filières; a job is a person."""
    rows = jobs.group_by("firm", "place", "filiere").agg(pl.col(of).sum()).filter(pl.col(of) > 0)
    return [Contribution(f, f"p{p}", f"f{c}", v, v) for f, p, c, v in rows.iter_rows()]


def new_since_base(jobs: pl.DataFrame) -> list[Contribution]:
    """New jobs since July 2025, places by filières."""
    return headcounts(jobs.filter(pl.col("month") > BASE_MONTH), "new_jobs")


def by_month(jobs: pl.DataFrame, of: str) -> list[Contribution]:
    """A flow of each month as a list whose sum is published."""
    rows = jobs.group_by("firm", "month").agg(pl.col(of).sum()).filter(pl.col(of) > 0)
    return [Contribution(f, f"m{m}", ALL, v, v) for f, m, v in rows.iter_rows()]


def by_place(money: pl.DataFrame) -> Iterator[Contribution]:
    """Amounts due: places by measures of a year, told `pae 2026`."""
    rows = money.group_by("firm", "place", "measure", "year").agg(pl.col("due_cents").sum(), pl.col("persons").max())
    for firm, place, measure, year, cents, persons in rows.filter(pl.col("due_cents") > 0).iter_rows():
        yield Contribution(firm, f"p{place}", f"{measure} {year}", cents, persons or None)


def along(money: pl.DataFrame, by: str, of: str = "due_cents") -> list[Contribution]:
    """Amounts due as a list by filière or by status."""
    rows = money.group_by("firm", by).agg(pl.col(of).sum(), pl.col("persons").max()).filter(pl.col(of) > 0)
    return [Contribution(f, f"{by} {key}", ALL, cents, persons or None) for f, key, cents, persons in rows.iter_rows()]
