"""Firm-months: headcount, hires and departures, month by month, for every firm from the first month of the data."""

from __future__ import annotations

import polars as pl

from minassa.entitlements.spells import STABILITY_MONTHS

BASE_MONTH = 2025 * 12 + 5
"""June 2025, the last month before the offer: the default base of net jobs (law: not seen, `assumed`)."""
KEYS = ["affiliation", "month"]


def headcounts(rows: pl.DataFrame) -> pl.DataFrame:
    """Employees that each firm declared with days worked or a covered absence, by month."""
    return (
        rows.lazy()
        .group_by(KEYS)
        .agg(pl.col("present").sum().cast(pl.Int64).alias("headcount_month"))
        .sort(KEYS)
        .collect(engine="streaming")
    )


def base_headcounts(heads: pl.DataFrame) -> pl.DataFrame:
    """Headcount of June 2025, by firm (firms without one are absent)."""
    return heads.filter(pl.col("month") == BASE_MONTH).select(
        "affiliation", pl.col("headcount_month").alias("headcount_base")
    )


def firm_months(heads: pl.DataFrame, spells: pl.DataFrame, firm_years: pl.DataFrame, months: range) -> pl.DataFrame:
    """The frame `firm_month` of the offer: a full grid, so that a firm that closed still counts as jobs lost."""
    grid = firm_years.select(pl.col("affiliation").unique().sort()).join(
        pl.DataFrame({"month": list(months)}, schema={"month": pl.Int32}), how="cross"
    )
    counted = [heads, *_flows(spells), _kept(spells, grid)]
    for table in counted:
        grid = grid.join(table, on=KEYS, how="left", maintain_order="left")
    years = firm_years.select(
        "affiliation", pl.col("year").alias("calendar_year"), "place", "filiere", "headcount_base"
    )
    names = [n for n in grid.columns if n not in KEYS]
    return (
        grid.with_columns(pl.col(names).fill_null(0).cast(pl.Int64))
        .with_columns((pl.col("month") // 12).cast(pl.Int32).alias("calendar_year"))
        .join(years, on=["affiliation", "calendar_year"], how="left", maintain_order="left")
        .drop("calendar_year")
    )


def _flows(spells: pl.DataFrame) -> list[pl.DataFrame]:
    """Hires of each kind in their month, departures in the month after the last one declared."""
    hires = spells.filter("is_hire").group_by("affiliation", pl.col("first_month").alias("month"))
    new = hires.agg(
        pl.len().alias("hires_month"),
        pl.col("transferred").sum().alias("transfers_in_month"),
        (pl.col("rehired") & ~pl.col("transferred")).sum().alias("rehires_month"),
        (pl.col("replaces_leaver") & ~pl.col("transferred") & ~pl.col("rehired")).sum().alias("replacements_month"),
    )
    gone = (
        spells.filter("left_post")
        .group_by("affiliation", (pl.col("last_month") + 1).cast(pl.Int32).alias("month"))
        .agg(pl.len().alias("leavers_month"))
    )
    return [new, gone]


def _kept(spells: pl.DataFrame, grid: pl.DataFrame) -> pl.DataFrame:
    """New recruits since July 2025 who have passed 18 months in post and are still there, by firm and month."""
    new = spells.filter(
        pl.col("is_hire")
        & (pl.col("first_month") > BASE_MONTH)
        & ~pl.col("transferred")
        & ~pl.col("rehired")
        & ~pl.col("replaces_leaver")
    ).with_columns((pl.col("first_month") + STABILITY_MONTHS - 1).alias("stable_month"))
    stable = new.filter(pl.col("last_month") >= pl.col("stable_month"))
    came = stable.group_by("affiliation", pl.col("stable_month").cast(pl.Int32).alias("month")).agg(
        pl.len().cast(pl.Int64).alias("change")
    )
    went = (
        stable.filter("left_post")
        .group_by("affiliation", (pl.col("last_month") + 1).cast(pl.Int32).alias("month"))
        .agg((-pl.len().cast(pl.Int64)).alias("change"))
    )
    changes = pl.concat([came, went]).group_by(KEYS).agg(pl.col("change").sum())
    so_far = pl.col("change").fill_null(0).cum_sum().over("affiliation", order_by="month")
    return (
        grid.select(KEYS)
        .join(changes, on=KEYS, how="left")
        .sort(KEYS)
        .with_columns(so_far.alias("kept_hires_month"))
        .drop("change")
    )
