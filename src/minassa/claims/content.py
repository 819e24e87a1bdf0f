"""The lines of all claims of a measure for a period, from a run: what is due to each employee up to its last month."""

from __future__ import annotations

from typing import Final

import polars as pl

from minassa.claims.calendar import ClaimPeriod, Rhythm
from minassa.entitlements.paid_months import paid_through
from minassa.entitlements.runs import Run
from minassa.entitlements.sources import Tables

KEYS: Final = ("affiliation", "person", "hired_month", "period_start")
EARLIER: Final = {
    "affiliation": pl.Int32,
    "person": pl.Int64,
    "hired_month": pl.Int32,
    "period_start": pl.Int32,
    "earlier_cents": pl.Int64,
    "earlier_doubtful_cents": pl.Int64,
}
"""Columns of what former claims of the year asked for, and what of it was in doubt, one row per line."""
UNDOUBTED: Final = "undoubted_cents"
_OF_ROW: Final = ("period_end", "entitled", "unmet", "status", "provisional", "due_cents", UNDOUBTED)


def due(run: Run, tables: Tables, period: ClaimPeriod) -> pl.DataFrame:
    """One row per employee (or firm) whom the measure looks at in the period, entitled or not, sorted by `KEYS`.

    `cumulative_cents`: what is due from the start of the year (of the period, where claims are not quarterly) to the
    end of the period. The part of a year follows the pay declared month by month. `undoubted_cents`: the part of it
    that no doubt about pay touches; null where the run does not know.
    """
    within = run.table("amounts").filter(pl.col("measure") == period.measure, _within(period))
    owed = within.with_columns(pl.when("entitled").then(pl.col("amount_cents")).otherwise(0).alias("due_cents"))
    rows = _with_undoubted(owed, run).select(*KEYS, *_OF_ROW).collect()
    if period.entry.rhythm is Rhythm.QUARTER and run.until > period.last_month:
        rows = _to_the_quarter(rows, run, tables, period)
    return rows.rename({"due_cents": "cumulative_cents"}).sort(KEYS)


def _with_undoubted(rows: pl.LazyFrame, run: Run) -> pl.LazyFrame:
    """Amounts due, each with the part of it that is not in doubt."""
    if run.undoubted is None:
        return rows.with_columns(pl.lit(None, pl.Int64).alias(UNDOUBTED))
    joined = rows.join(run.undoubted, on=["measure", *KEYS], how="left")
    return joined.with_columns(pl.min_horizontal("due_cents", pl.coalesce(UNDOUBTED, "due_cents")).alias(UNDOUBTED))


def _within(period: ClaimPeriod) -> pl.Expr:
    """The amounts that a period covers."""
    if period.entry.rhythm is Rhythm.STAY:
        return pl.col("hired_month") == period.hired_month
    return pl.col("period_start").is_between(period.year_start, period.last_month)


def _to_the_quarter(rows: pl.DataFrame, run: Run, tables: Tables, period: ClaimPeriod) -> pl.DataFrame:
    """The amounts of the year cut at the end of the quarter, rounded down to the centime: the rest comes later."""
    paid = paid_through(run, tables, period.year_start, period.last_month)
    joined = rows.join(paid, on=KEYS, how="left")
    cut = (pl.coalesce(_paid_share(name), name).alias(name) for name in ("due_cents", UNDOUBTED))
    return joined.with_columns(cut).select(*KEYS, *_OF_ROW)


def _paid_share(name: str) -> pl.Expr:
    """An amount of the whole period, for the pay that fell before the end of the quarter."""
    whole = pl.max_horizontal(pl.col("paid_period").cast(pl.Int128), pl.lit(1, pl.Int128))
    return (pl.col(name).cast(pl.Int128) * pl.col("paid_through").cast(pl.Int128) // whole).cast(pl.Int64)


def asked(rows: pl.DataFrame, earlier: pl.DataFrame, period: ClaimPeriod) -> pl.DataFrame:
    """The lines of the claims: what is due less what former claims of the year asked for, below zero to give back.

    An employee whom a former claim named and whom nothing is due to any more keeps a line, which gives it back. Where
    claims give nothing back, of what former ones asked no more counts than is due: a restitution takes the rest up.
    """
    joined = rows.join(earlier, on=KEYS, how="full", coalesce=True)
    filled = joined.with_columns(
        pl.col("cumulative_cents", "earlier_cents", "earlier_doubtful_cents").fill_null(0),
        pl.col("entitled", "provisional").fill_null(value=False),
        pl.col("unmet").fill_null(0),
        pl.col("status").fill_null(0),
        pl.col("period_end").fill_null(period.last_month),
    )
    counted = pl.col("earlier_cents") if period.gives_back else pl.min_horizontal("earlier_cents", "cumulative_cents")
    filled = filled.with_columns(counted.alias("earlier_cents"))
    return filled.with_columns((pl.col("cumulative_cents") - pl.col("earlier_cents")).alias("amount_cents")).sort(KEYS)
