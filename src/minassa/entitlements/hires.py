"""Hires: one spell of employment each, with what the premium for jobs depends on."""

from __future__ import annotations

import polars as pl

from minassa.entitlements.firms import placed
from minassa.entitlements.periods import SPELL
from minassa.entitlements.spells import STABILITY_MONTHS


def hired_months(spells: pl.DataFrame, data_start: int) -> pl.DataFrame:
    """Spells with `hired_month` and `is_hire`.

    A spell seen from the very first month of the data may have begun before: the register's date then counts, and it
    is a hire only where that date says so. Later spells begin in their first declared month.
    """
    censored = pl.col("first_month") == data_start
    before = (pl.col("stay_month") < pl.col("first_month")).fill_null(value=False)
    told = pl.col("stay_month").is_not_null() & ~before
    return spells.with_columns(
        pl.when(censored & before).then("stay_month").otherwise("first_month").cast(pl.Int32).alias("hired_month"),
        (~censored | told).alias("is_hire"),
    )


def left_posts(spells: pl.DataFrame) -> pl.DataFrame:
    """Spells with `left_post`: a departure was declared, or the firm went on declaring others without the person."""
    firm_last = pl.col("last_month").max().over("affiliation")
    return spells.with_columns((pl.col("declared_departure") | (pl.col("last_month") < firm_last)).alias("left_post"))


def reference_incomes(periods: pl.DataFrame) -> pl.DataFrame:
    """Gross taxable income of the first 12 months in post, by spell, in centimes.

    Each period's income falls to these months in proportion to their CNSS salary, rounded down.
    """
    safe = pl.when(pl.col("salary_period") == 0).then(1).otherwise(pl.col("salary_period")).cast(pl.Int128)
    part = pl.col("gross_taxable_income_period").cast(pl.Int128) * pl.col("salary_reference").cast(pl.Int128) // safe
    return (
        periods.filter(pl.col("salary_reference") > 0)
        .group_by(SPELL, maintain_order=True)
        .agg(part.cast(pl.Int64).sum().alias("gross_taxable_income_first_12_months"))
    )


def aid_months(until: str, first: pl.Expr, last: pl.Expr) -> pl.Expr:
    """Months from `first` to `last` (both included) in which the aid that runs until the month `until` bears."""
    end = pl.min_horizontal(last, pl.col(until))
    return (end - first + 1).clip(lower_bound=0).cast(pl.Int64)


def hires(spells: pl.DataFrame, periods: pl.DataFrame, heads: pl.DataFrame, sheets: pl.DataFrame) -> pl.DataFrame:
    """The frame `hire` of the offer, one row per spell that begins in the data, with its line in the register."""
    known = heads.group_by("affiliation").agg(pl.col("month").max().alias("last_known_month"))
    base = spells.filter("is_hire").join(known, on="affiliation", how="left", maintain_order="left")
    stable = pl.min_horizontal(pl.col("first_month") + STABILITY_MONTHS - 1, pl.col("last_known_month"))
    rows = (
        base.with_columns(stable.cast(pl.Int32).alias("stability_month"))
        .join(reference_incomes(periods), on=SPELL, how="left", maintain_order="left")
        .join(_heads(heads, "first_month", "headcount_at_hire"), on=["affiliation", "first_month"], how="left")
        .join(_heads(heads, "stability_month", "headcount_kept"), on=["affiliation", "stability_month"], how="left")
    )
    rows = placed(rows, sheets, "hired_month")
    first = pl.col("hired_month")
    return rows.with_columns(
        (pl.col("hired_month") // 12).cast(pl.Int32).alias("year"),
        pl.col("gross_taxable_income_first_12_months").fill_null(0),
        pl.col("headcount_at_hire").fill_null(0),
        pl.col("headcount_kept").fill_null(0),
        pl.col("declared_months").cast(pl.Int64).alias("declared_months_in_post"),
        pl.col("last_month").alias("spell_end_month"),
        pl.col("left_post").alias("left"),
        (pl.col("contract") == 1).alias("open_ended_contract"),
        aid_months("other_aid_until_month", first, first + STABILITY_MONTHS - 1).alias("other_aid_months_reference"),
    ).sort("affiliation", "person", "hired_month")


def _heads(heads: pl.DataFrame, month: str, name: str) -> pl.DataFrame:
    return heads.select("affiliation", pl.col("month").alias(month), pl.col("headcount_month").alias(name))
