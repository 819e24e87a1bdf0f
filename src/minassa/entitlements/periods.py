"""Employee-periods: a person in a firm for a calendar year, or the part of it under one regime."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from minassa.entitlements.sharing import shared
from minassa.entitlements.spells import REFERENCE_MONTHS
from minassa.entitlements.ties import in_order

SPELL = ["affiliation", "person", "first_month"]
YEAR = ["affiliation", "person", "year"]
PERMANENT, TRAINEE = (1, 2), 4
TAXED = (
    "gross_taxable_income_year",
    "other_deductions_year",
    "social_contributions_year",
    "income_tax_withheld_year",
)


def period_start(cuts: Sequence[int]) -> pl.Expr:
    """First month of the period that a month belongs to: its January, or a later month where the law changed."""
    start = pl.col("month") // 12 * 12
    for cut in sorted(c for c in cuts if c % 12):
        inside = (pl.col("month") >= cut) & (pl.col("month") // 12 == cut // 12)
        start = pl.when(inside).then(pl.lit(cut, pl.Int32)).otherwise(start)
    return start.cast(pl.Int32)


def period_end(cuts: Sequence[int]) -> pl.Expr:
    """Last month of the period that starts in the month of the column `period_start`."""
    end = pl.col("period_start") // 12 * 12 + 11
    for cut in sorted((c for c in cuts if c % 12), reverse=True):
        before = (pl.col("period_start") < cut) & (pl.col("period_start") // 12 == cut // 12)
        end = pl.when(before).then(pl.lit(cut - 1, pl.Int32)).otherwise(end)
    return end.cast(pl.Int32)


def periods_of_months(rows: pl.DataFrame, cuts: Sequence[int]) -> pl.DataFrame:
    """Employee-months added up by spell and period: months that count, pay at CNSS (whole, capped), days, lines.

    Pay of the first 12 months in post is kept apart, since the reference income of the PAE rests on it.
    """
    reference = pl.col("month") - pl.col("first_month") < REFERENCE_MONTHS
    return (
        rows.lazy()
        .with_columns(period_start(cuts).alias("period_start"))
        .group_by("spell", "period_start", maintain_order=True)
        .agg(
            pl.col("affiliation").first(),
            pl.col("person").first(),
            pl.col("first_month").first(),
            pl.col("present").sum().cast(pl.Int32).alias("months_worked_period"),
            pl.col("salary_real").sum().alias("salary_period"),
            pl.col("salary_capped").sum().alias("capped_salary_period"),
            pl.col("salary_real").filter(reference).sum().alias("salary_reference"),
            pl.col("days").sum().cast(pl.Int32).alias("days_period"),
            pl.col("month").max().alias("last_month_declared"),
            pl.col("file_id").get(pl.col("month").arg_min()).alias("cnss_file_id"),
            pl.col("line").get(pl.col("month").arg_min()).alias("cnss_line"),
        )
        .with_columns((pl.col("period_start") // 12).cast(pl.Int32).alias("year"), period_end(cuts).alias("period_end"))
        .drop("spell")
        .collect(engine="streaming")
    )


def statements(dgi: pl.DataFrame) -> pl.DataFrame:
    """One row per firm, person and year of the yearly tax statements; several lines of one person are added up.

    Trainees have no taxable income, yet what they were paid and the days they worked are stated: `stated_income_year`
    and `days_year` cover them, to be confronted with CNSS; the income that the offer rests on does not.
    """
    taxable = pl.col("category").is_in(PERMANENT)
    stated = pl.when(taxable).then("gross_taxable_income_year").otherwise("gross_salary_year")
    told = dgi.filter((taxable | (pl.col("category") == TRAINEE)) & (pl.col("person") != 0))
    return (
        in_order(told, *YEAR, "category")
        .group_by(YEAR, maintain_order=True)
        .agg(
            *(pl.col(name).filter(taxable).sum() for name in TAXED),
            stated.sum().alias("stated_income_year"),
            pl.col("dependants").max(),
            pl.col("days_year").sum().cast(pl.Int32),
            pl.col("file_id").first().alias("dgi_file_id"),
            pl.col("line").first().alias("dgi_line"),
        )
        .with_columns(pl.col("year").cast(pl.Int32))
    )


def with_statements(periods: pl.DataFrame, yearly: pl.DataFrame) -> pl.DataFrame:
    """Periods with their share of the yearly statement; while none is filed, the CNSS salary stands for the income."""
    joined = periods.join(yearly, on=YEAR, how="left", maintain_order="left").with_columns(
        pl.col("dgi_file_id").is_not_null().alias("tax_statement_filed")
    )
    filed = (
        joined.sort(*YEAR, "period_start", "first_month")
        .with_columns(
            pl.col(name).fill_null(0)
            for name in ("gross_taxable_income_year", "other_deductions_year", "income_tax_withheld_year")
        )
        .with_columns(
            pl.col("dependants").fill_null(0).cast(pl.Int64),
            pl.col("dgi_file_id").fill_null(0),
            pl.col("dgi_line").fill_null(0),
        )
    )
    totals = ["gross_taxable_income_year", "other_deductions_year", "income_tax_withheld_year"]
    income, deductions, withheld = shared(filed, totals, "salary_period", YEAR)
    return filed.with_columns(
        pl.when("tax_statement_filed").then(income).otherwise("salary_period").alias("gross_taxable_income_period"),
        deductions.alias("other_deductions_period"),
        withheld.alias("income_tax_withheld_period"),
    )
