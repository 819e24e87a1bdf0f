"""How far each firm has declared: its claim waits until it has declared the last month of the period itself."""

from __future__ import annotations

import polars as pl

from minassa.claims.calendar import ClaimPeriod, Rhythm
from minassa.entitlements.runs import Run
from minassa.entitlements.sources import Sources, Tables
from minassa.vocabulary.periods import last_day


def declared(run: Run, tables: Tables) -> pl.DataFrame:
    """One row per firm that a run knows: `declared_month` the last month declared at CNSS, `closed_on` or null."""
    sources = Sources.of(tables, run.manifest["versions"]).until(run.until)
    months = sources.cnss.group_by("affiliation").agg(pl.col("month").max().alias("declared_month"))
    left = pl.when(pl.col("place_to").is_not_null().all()).then(pl.col("place_to").max())
    closed = sources.firms.group_by("affiliation").agg(left.alias("closed_on"))
    return months.join(closed, on="affiliation", how="left").collect()


def late_firms(known: pl.DataFrame, period: ClaimPeriod) -> frozenset[int]:
    """The firms whose claim for a period waits for their declarations: they have not closed and say nothing of its end.

    None for accounts, which are declared apart.
    """
    if period.entry.rhythm is Rhythm.FISCAL_YEAR:
        return frozenset()
    open_still = pl.col("closed_on").is_null() | (pl.col("closed_on") > last_day(period.last_month))
    late = known.filter(pl.col("declared_month") < period.last_month, open_still)
    return frozenset(late["affiliation"].to_list())
