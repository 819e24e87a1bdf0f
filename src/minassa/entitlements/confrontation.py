"""Sources confronted: every disagreement is a row with both values, where each was read, and what it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from minassa.engine import Offer
from minassa.entitlements.computation import computed
from minassa.entitlements.frames import Frames
from minassa.entitlements.periods import YEAR, statements
from minassa.entitlements.sources import Sources

INCOME_TOLERANCE_PERCENT = 1
INCOME_TOLERANCE_CENTS = 10_000
TAX_TOLERANCE_CENTS = 5_000
DAYS_TOLERANCE = 3
WHOLE_YEAR = 12
HIRING_TOLERANCE_MONTHS = 1
COLUMNS = [
    "kind",
    "affiliation",
    "person",
    "year",
    "value_a",
    "source_a",
    "file_id_a",
    "line_a",
    "value_b",
    "source_b",
    "file_id_b",
    "line_b",
    "effect_cents",
]
EFFECT_MEASURES = ("air", "paf")
"""Measures computed on employee-periods: what a disagreement about pay, tax or the register changes at once."""


def discrepancies(offer: Offer, built: Frames, results: dict[str, pl.DataFrame], sources: Sources) -> pl.DataFrame:
    """Every disagreement between CNSS, the tax statement and the register, with its effect on the amounts.

    The effect is the amount (AIR and PAF, in centimes) if the other source were right, less the amount as computed.
    """
    periods = results["employee_period"]
    yearly = statements(sources.dgi.collect())
    everyone = _years(periods)
    income = _changed(offer, built, periods, _income_rows(everyone), _trust_cnss)
    tax = _changed(offer, built, periods, _tax_rows(everyone, periods), _trust_law)
    unknown = _changed(offer, built, periods, _unregistered(everyone, sources), _trust_presence)
    tables = [income, tax, unknown, _days(everyone), _unstated(everyone), _undeclared(everyone, yearly)]
    tables.append(_hirings(built.spells))
    return pl.concat([t.select(COLUMNS) for t in tables]).sort(
        "affiliation", "person", "year", "kind", "value_a", "value_b"
    )


def _years(periods: pl.DataFrame) -> pl.DataFrame:
    """One row per firm, person and year: what CNSS heard, what the statement says, and the lines of both."""
    return (
        periods.sort(*YEAR, "period_start", "first_month")
        .group_by(YEAR, maintain_order=True)
        .agg(
            pl.col("salary_period").sum(),
            pl.col("stated_income_year").first().fill_null(0),
            pl.col("income_tax_withheld_year").first(),
            pl.col("income_tax_due").sum(),
            pl.col("months_worked_period").sum(),
            pl.col("days_period").sum(),
            pl.col("days_year").first().fill_null(0),
            pl.col("tax_statement_filed").first(),
            pl.col("in_register").any(),
            *(pl.col(c).first() for c in ("cnss_file_id", "cnss_line", "dgi_file_id", "dgi_line")),
        )
    )


def _row(kind: str, rows: pl.DataFrame, a: tuple[pl.Expr, str, str], b: tuple[pl.Expr, str, str]) -> pl.DataFrame:
    """Rows in the common form. Each side: its value, the name of its source, the prefix of its file and line."""
    sides: list[pl.Expr] = []
    for letter, (value, source, prefix) in (("a", a), ("b", b)):
        known = f"{prefix}_file_id" in rows.columns
        sides += [
            value.cast(pl.Int64).alias(f"value_{letter}"),
            pl.lit(source).alias(f"source_{letter}"),
            (pl.col(f"{prefix}_file_id").fill_null(0) if known else pl.lit(0))
            .cast(pl.Int64)
            .alias(f"file_id_{letter}"),
            (pl.col(f"{prefix}_line").fill_null(0) if known else pl.lit(0)).cast(pl.Int32).alias(f"line_{letter}"),
        ]
    return rows.select(
        pl.lit(kind).alias("kind"),
        pl.col("affiliation").cast(pl.Int32),
        pl.col("person").cast(pl.Int64),
        pl.col("year").cast(pl.Int32),
        *sides,
        pl.lit(0, pl.Int64).alias("effect_cents"),
    )


def _income_rows(rows: pl.DataFrame) -> pl.DataFrame:
    gap = (pl.col("stated_income_year") - pl.col("salary_period")).abs()
    far = (gap > INCOME_TOLERANCE_CENTS) & (gap * 100 > pl.col("salary_period") * INCOME_TOLERANCE_PERCENT)
    found = rows.filter(pl.col("tax_statement_filed") & far)
    return _row(
        "income",
        found,
        (pl.col("salary_period"), "cnss", "cnss"),
        (pl.col("stated_income_year"), "dgi", "dgi"),
    )


def _tax_rows(rows: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """Tax withheld against tax due, for whole years: parts of a year are reckoned in various ways."""
    cut = periods.filter((pl.col("period_end") + 1) % WHOLE_YEAR != 0).select("year").unique()
    whole = rows.filter(pl.col("tax_statement_filed") & (pl.col("months_worked_period") == WHOLE_YEAR)).join(
        cut, on="year", how="anti"
    )
    gap = (pl.col("income_tax_withheld_year") - pl.col("income_tax_due")).abs()
    found = whole.filter(gap > TAX_TOLERANCE_CENTS)
    return _row(
        "tax_withheld",
        found,
        (pl.col("income_tax_due"), "law", "cnss"),
        (pl.col("income_tax_withheld_year"), "dgi", "dgi"),
    )


def _unregistered(rows: pl.DataFrame, sources: Sources) -> pl.DataFrame:
    with_register = sources.staff.select(pl.col("affiliation").unique()).collect()
    found = rows.filter(~pl.col("in_register")).join(with_register, on="affiliation", how="semi")
    return _row("not_in_register", found, (pl.col("salary_period"), "cnss", "cnss"), (pl.lit(0), "register", "none"))


def _days(rows: pl.DataFrame) -> pl.DataFrame:
    gap = (pl.col("days_year") - pl.col("days_period")).abs()
    found = rows.filter(pl.col("tax_statement_filed") & (pl.col("days_year") > 0) & (gap > DAYS_TOLERANCE))
    return _row("days", found, (pl.col("days_period"), "cnss", "cnss"), (pl.col("days_year"), "dgi", "dgi"))


def _unstated(rows: pl.DataFrame) -> pl.DataFrame:
    """Paid at CNSS, absent from a statement that the firm did file for the year."""
    filed = rows.filter("tax_statement_filed").select("affiliation", "year").unique()
    found = rows.filter(~pl.col("tax_statement_filed") & (pl.col("salary_period") > 0)).join(
        filed, on=["affiliation", "year"], how="semi"
    )
    return _row("not_in_statement", found, (pl.col("salary_period"), "cnss", "cnss"), (pl.lit(0), "dgi", "none"))


def _undeclared(rows: pl.DataFrame, yearly: pl.DataFrame) -> pl.DataFrame:
    """In the tax statement of a firm that declares at CNSS, but never declared there in the year."""
    declaring = rows.select("affiliation", "year").unique()
    found = yearly.join(rows.select(YEAR), on=YEAR, how="anti").join(declaring, on=["affiliation", "year"], how="semi")
    return _row("not_at_cnss", found, (pl.lit(0), "cnss", "none"), (pl.col("stated_income_year"), "dgi", "dgi"))


def _hirings(spells: pl.DataFrame) -> pl.DataFrame:
    """Hiring months that differ between the register and CNSS by more than a month."""
    gap = (pl.col("stay_month") - pl.col("first_month")).abs()
    found = spells.filter(pl.col("is_hire") & pl.col("in_register") & (gap > HIRING_TOLERANCE_MONTHS))
    dated = found.with_columns((pl.col("first_month") // 12).cast(pl.Int32).alias("year"))
    return _row(
        "hiring_month", dated, (pl.col("first_month"), "cnss", "none"), (pl.col("stay_month"), "register", "staff")
    )


def _trust_cnss(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.col("salary_period").alias("gross_taxable_income_period"))


def _trust_law(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.col("income_tax_due").fill_null(0).alias("income_tax_withheld_period"))


def _trust_presence(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.lit(value=True).alias("in_register"))


def _changed(
    offer: Offer,
    built: Frames,
    periods: pl.DataFrame,
    found: pl.DataFrame,
    trust: Callable[[pl.DataFrame], pl.DataFrame],
) -> pl.DataFrame:
    """The rows with their effect: the offer evaluated again on the periods concerned, as the other source has them."""
    if not found.height:
        return found
    concerned = periods.join(found.select(YEAR), on=YEAR, how="semi")
    columns = built.employee_period.columns
    other = replace(
        built,
        employee_period=trust(concerned).select(columns),
        hire=built.hire.clear(),
        firm_month=built.firm_month.clear(),
    )
    again = computed(offer, other)["employee_period"]
    effect = _total(again) - _total(concerned)
    sums = concerned.select(YEAR).with_columns(effect.alias("effect")).group_by(YEAR).agg(pl.col("effect").sum())
    joined = found.join(sums, on=YEAR, how="left", maintain_order="left")
    return joined.with_columns(pl.col("effect").fill_null(0).alias("effect_cents")).drop("effect")


def _total(rows: pl.DataFrame) -> pl.Series:
    names = [f"{m}_amount" for m in EFFECT_MEASURES if f"{m}_amount" in rows.columns]
    return rows.select(pl.sum_horizontal([pl.col(n).fill_null(0) for n in names]).alias("total")).to_series()
