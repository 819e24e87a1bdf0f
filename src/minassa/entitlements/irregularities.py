"""What looks like a new job, or like pay, and is not: found from the rows alone, with the evidence."""

from __future__ import annotations

import polars as pl

from minassa.entitlements.firm_months import BASE_MONTH
from minassa.entitlements.frames import Frames
from minassa.entitlements.periods import YEAR
from minassa.entitlements.sources import Sources

COLUMNS = ["kind", "affiliation", "person", "month", "other_affiliation", "evidence_a", "evidence_b"]
RAISED_PERCENT = 15
"""Median whole-month pay that falls by so much after the first 12 months: the reference income had been raised."""
DISAGREEMENT_PERCENT = 3
MISSING_DAYS = 6
FULL_MONTH = 26
INSURED = 2
GHOST_MONTHS = 2
REFERENCE_MONTHS, FOLLOWED_MONTHS = 12, 24
SEEN_AFTER_MONTHS = 2
"""Months after the reference ones that must be known before pay can be said to have fallen."""


def irregularities(built: Frames, sources: Sources) -> pl.DataFrame:
    """Transfers, re-hires, replacements, ghosts, raised reference pay, under-declared days, sources that disagree."""
    hires = built.spells.filter(pl.col("is_hire") & (pl.col("first_month") > BASE_MONTH))
    years = _with_causes(_people_years(built), _short_months(built, sources))
    tables = [
        _row("transfer", hires.filter("transferred"), other=pl.col("from_affiliation")),
        _row("rehire", hires.filter("rehired")),
        _row("replacement", hires.filter("replaces_leaver")),
        _ghosts(built),
        raised_references(hires, sources),
        _underdeclared(years),
        _disagreements(years, _children(sources)),
    ]
    return pl.concat(tables).sort("kind", "affiliation", "person", "month")


def _row(
    kind: str,
    rows: pl.DataFrame,
    month: str = "first_month",
    other: pl.Expr | None = None,
    evidence: tuple[pl.Expr, pl.Expr] = (pl.lit(0), pl.lit(0)),
) -> pl.DataFrame:
    return rows.select(
        pl.lit(kind).alias("kind"),
        pl.col("affiliation").cast(pl.Int32),
        pl.col("person").cast(pl.Int64),
        pl.col(month).cast(pl.Int32).alias("month"),
        (pl.lit(0) if other is None else other).cast(pl.Int32).alias("other_affiliation"),
        evidence[0].cast(pl.Int64).alias("evidence_a"),
        evidence[1].cast(pl.Int64).alias("evidence_b"),
    )


def _ghosts(built: Frames) -> pl.DataFrame:
    """Declared at CNSS, yet in no register of a firm that files one, and in none of the tax statements it filed."""
    periods = built.employee_period
    filed = periods.filter("tax_statement_filed").select("affiliation", "year").unique()
    expected = periods.join(filed, on=["affiliation", "year"], how="semi")
    stated = (
        expected.group_by("affiliation", "person")
        .agg(pl.col("tax_statement_filed").any(), pl.col("months_worked_period").sum().alias("months"))
        .filter(~pl.col("tax_statement_filed") & (pl.col("months") >= GHOST_MONTHS))
    )
    registers = built.spells.filter("in_register").select("affiliation").unique()
    known = built.spells.filter("in_register").select("affiliation", "person").unique()
    keys = ["affiliation", "person"]
    suspects = (
        stated.join(registers, on="affiliation", how="semi")
        .join(known, on=keys, how="anti")
        .join(built.spells.group_by(keys).agg(pl.col("first_month").min()), on=keys)
    )
    return _row("ghost", suspects, evidence=(pl.col("months"), pl.lit(0)))


def raised_references(hires: pl.DataFrame, sources: Sources) -> pl.DataFrame:
    """Hires whose usual pay falls right after the 12 months on which the premium is reckoned.

    Pay of whole months is compared: those of as many days as the person's fullest ones, 26 or half of it for half-time.
    """
    long_enough = hires.filter(
        pl.col("last_month") - pl.col("first_month") >= REFERENCE_MONTHS + SEEN_AFTER_MONTHS
    ).select("affiliation", "person", "first_month", "last_month")
    since = pl.col("month") - pl.col("first_month")
    spell = ["affiliation", "person", "first_month"]
    by_days = (
        sources.cnss.filter((pl.col("month") > BASE_MONTH) & (pl.col("days") > 0) & (pl.col("situation") == 0))
        .join(long_enough.lazy(), on=["affiliation", "person"])
        .filter((since >= 0) & (since < FOLLOWED_MONTHS))
        .group_by(*spell, "days")
        .agg(
            pl.col("salary_real").filter(since < REFERENCE_MONTHS).median().cast(pl.Int64).alias("reference"),
            pl.col("salary_real").filter(since >= REFERENCE_MONTHS).median().cast(pl.Int64).alias("after"),
            (since >= REFERENCE_MONTHS).sum().alias("months_after"),
        )
        .collect(engine="streaming")
    )
    whole = by_days.filter(pl.col("days") == pl.col("days").max().over(spell))
    fallen = whole.filter(
        (pl.col("months_after") >= SEEN_AFTER_MONTHS)
        & (pl.col("after") * 100 < pl.col("reference") * (100 - RAISED_PERCENT))
    )
    return _row("raised_reference", fallen, evidence=(pl.col("reference"), pl.col("after")))


def _people_years(built: Frames) -> pl.DataFrame:
    """One row per firm, person and year for which a statement is filed: pay, days and tax on both sides."""
    return (
        built.employee_period.filter("tax_statement_filed")
        .group_by(YEAR)
        .agg(
            pl.col("salary_period").sum(),
            pl.col("days_period").sum(),
            pl.col("stated_income_year").first().fill_null(0),
            pl.col("dependants").first(),
            pl.col("days_year").first().fill_null(0),
        )
        .with_columns((pl.col("year") * 12).alias("month"))
    )


def _short_months(built: Frames, sources: Sources) -> pl.DataFrame:
    """Ordinary months of each person and year, months of hiring and leaving apart, and those of fewer than 26 days."""
    edges = built.spells.select("affiliation", "person", "first_month", "last_month")
    inside = (pl.col("month") > pl.col("first_month")) & (pl.col("month") < pl.col("last_month"))
    ordinary = sources.cnss.filter((pl.col("situation") == 0) & (pl.col("days") > 0) & (pl.col("person") != 0))
    return (
        ordinary.group_by(*YEAR[:2], (pl.col("month") // 12).cast(pl.Int32).alias("year"), "month")
        .agg(pl.col("days").sum())
        .join(edges.lazy(), on=["affiliation", "person"])
        .filter(inside)
        .group_by(YEAR)
        .agg(pl.len().alias("ordinary_months"), (pl.col("days") < FULL_MONTH).sum().alias("short_months"))
        .collect(engine="streaming")
    )


def _with_causes(years: pl.DataFrame, short: pl.DataFrame) -> pl.DataFrame:
    """Person-years with `underdeclared`: most ordinary months are short at CNSS, and the statement counts them whole.

    `MISSING_DAYS` a month at least: half-time work stated with a month too many is a disagreement, not a habit.
    """
    joined = years.join(short, on=YEAR, how="left").with_columns(pl.col("ordinary_months", "short_months").fill_null(0))
    most = pl.col("short_months") * 2 > pl.col("ordinary_months")
    missing = pl.col("days_year") - pl.col("days_period")
    each_month = missing >= MISSING_DAYS * pl.max_horizontal("short_months", pl.lit(1))
    return joined.with_columns((most & each_month).alias("underdeclared"))


def _underdeclared(years: pl.DataFrame) -> pl.DataFrame:
    """Fewer days at CNSS, month after month, than the tax statement of the same year says were worked."""
    rows = years.filter("underdeclared")
    return _row("underdeclared_days", rows, "month", evidence=(pl.col("days_period"), pl.col("days_year")))


def _disagreements(years: pl.DataFrame, children: pl.DataFrame) -> pl.DataFrame:
    """Income, days or dependants of the statement far from what CNSS heard, days left out month by month included."""
    told = _with_dependants_beyond(years, children)
    gap = (pl.col("stated_income_year") - pl.col("salary_period")).abs()
    income = gap * 100 > pl.col("salary_period") * DISAGREEMENT_PERCENT
    days = (pl.col("days_year") - pl.col("days_period")).abs() >= MISSING_DAYS
    rows = told.filter(income | days | pl.col("dependants_beyond"))
    return _row("disagreement", rows, "month", evidence=(pl.col("salary_period"), pl.col("stated_income_year")))


def _with_dependants_beyond(years: pl.DataFrame, children: pl.DataFrame) -> pl.DataFrame:
    """Person-years with `dependants_beyond`: more dependants than the children CNSS knows and a spouse can explain.

    One more than the children is a spouse, unless the same firm's other statements of the person count none.
    """
    joined = years.join(children, on=YEAR, how="left").with_columns(
        (pl.col("dependants") - pl.col("children")).alias("beyond")
    )
    fewest = pl.col("beyond").min().over("affiliation", "person")
    several = pl.len().over("affiliation", "person") > 1
    spouse_elsewhere_none = several & (pl.col("beyond") == 1) & (fewest <= 0)
    found = (pl.col("beyond") > 1) | spouse_elsewhere_none
    return joined.with_columns(found.fill_null(value=False).alias("dependants_beyond"))


def _children(sources: Sources) -> pl.DataFrame:
    """Children entitled to family allowances that CNSS announced for each person, by firm and year."""
    return (
        sources.cnss.filter((pl.col("record") == INSURED) & (pl.col("person") != 0))
        .group_by(*YEAR[:2], (pl.col("month") // 12).cast(pl.Int32).alias("year"))
        .agg(pl.col("children").max().cast(pl.Int64))
        .collect(engine="streaming")
    )
