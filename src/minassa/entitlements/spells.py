"""Spells of employment: a person in a firm without break."""

from __future__ import annotations

import polars as pl

REFERENCE_MONTHS = 12
"""First calendar months in post, whose pay the premium for jobs rests on."""
STABILITY_MONTHS = 18
"""Calendar months in post after which a job counts as kept."""
MISSING_MONTHS_BRIDGED = 2
"""Months not declared that do not end a spell when no departure was declared: a late declaration, not an exit."""


def with_spells(months: pl.DataFrame) -> pl.DataFrame:
    """Employee-months with `first_month`, the first month of the spell they belong to, and `spell`, its number.

    A spell ends where a departure was declared, even when the person is declared again the month after (a return), or
    where more than `MISSING_MONTHS_BRIDGED` months in a row are not declared.
    """
    same = (pl.col("affiliation") == pl.col("affiliation").shift(1)) & (pl.col("person") == pl.col("person").shift(1))
    gap = pl.col("month") - pl.col("month").shift(1) - 1
    starts = (~same | (gap > MISSING_MONTHS_BRIDGED) | pl.col("left").shift(1)).fill_null(value=True)
    return (
        months.with_columns(starts.alias("starts"))
        .with_columns(
            pl.when("starts").then(pl.col("month")).otherwise(None).forward_fill().alias("first_month"),
            pl.col("starts").cum_sum().alias("spell"),
        )
        .drop("starts")
    )


def spells(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per spell: firm, person, first and last month declared, months that count, pay, declared departure.

    The line that only announces a departure is no month in post. `salary_spell` is in centimes;
    `reference_months_known` counts those of the first 12 calendar months that count.
    """
    in_post = pl.col("month").filter(pl.col("present") | ~pl.col("left"))
    reference = (pl.col("month") - pl.col("first_month") < REFERENCE_MONTHS) & pl.col("present")
    return (
        rows.lazy()
        .group_by("spell", maintain_order=True)
        .agg(
            pl.col("affiliation").first(),
            pl.col("person").first(),
            pl.col("first_month").first(),
            pl.coalesce(in_post.max(), pl.col("month").min()).alias("last_month"),
            pl.col("present").sum().cast(pl.Int32).alias("declared_months"),
            pl.col("left").any().alias("declared_departure"),
            pl.col("salary_real").sum().alias("salary_spell"),
            pl.col("present").filter(reference).sum().cast(pl.Int32).alias("reference_months_known"),
            pl.col("days").sum().cast(pl.Int32).alias("days_spell"),
        )
        .drop("spell")
        .collect(engine="streaming")
    )
