"""What an evaluation reads of a run of the offer: when each firm entered it, its jobs by month, its jobs by stay."""

from __future__ import annotations

from typing import Final

import polars as pl

from minassa.entitlements.firm_months import BASE_MONTH
from minassa.entitlements.runs import Run
from minassa.outlook.evaluation.evaluating import Data
from minassa.vocabulary.periods import MONTHS_A_YEAR

_OPEN_ENDED: Final = 1
"""Contracts with no limit of time: others cannot last until the month the premium asks for."""


def data_of(run: Run) -> Data:
    """The data of an evaluation of a run, for what was known at its end.

    A firm enters in the first month, from July 2025 on, of the first fiscal year in which it meets the conditions of
    the offer that are its own. New jobs are hires that are no transfer, no return and no replacement.
    """
    entries = _entries(run.table("firm_year").collect())
    return Data(_months(run.table("firm_month").collect(), entries), _stays(run.table("hire").collect(), run.until))


def _entries(years: pl.DataFrame) -> pl.DataFrame:
    """The month of entry of the firms that enter."""
    first = years.filter("eligibility_entitled").group_by("affiliation").agg(pl.col("year").min())
    month = pl.max_horizontal(pl.col("year").cast(pl.Int64) * MONTHS_A_YEAR, pl.lit(BASE_MONTH + 1, pl.Int64))
    return first.select("affiliation", month.alias("cohort_month"))


def _months(months: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """Firms by month; a firm that enters before it has anybody enters when it has."""
    not_new = pl.col("transfers_in_month") + pl.col("rehires_month") + pl.col("replacements_month")
    return months.join(entries, on="affiliation", how="left").select(
        *("affiliation", "month", "headcount_month", "cohort_month"),
        (pl.col("hires_month") - not_new).alias("new_jobs_month"),
        pl.col("filiere").fill_null(0),
        pl.col("place").fill_null(0),
    )


def _stays(hires: pl.DataFrame, until: int) -> pl.DataFrame:
    """Jobs alike but for the premium: open-ended posts of the sector, held by people new to the firm.

    Helped: begun since the offer in a firm that is eligible; the others began before it, or in a firm that is not.
    """
    alike = (pl.col("contract") == _OPEN_ENDED) & (pl.col("filiere") > 0) & pl.col("moroccan")
    new = ~pl.col("transferred") & ~pl.col("rehired") & ~pl.col("replaces_leaver")
    offered = (pl.col("first_month") > BASE_MONTH) & pl.col("pae_firm_eligible").fill_null(value=False)
    return hires.filter(alike & new & (pl.col("first_month") <= until)).select(
        "affiliation",
        (pl.col("last_month") - pl.col("first_month") + 1).cast(pl.Int64).alias("months"),
        pl.col("left_post").alias("left"),
        offered.alias("helped"),
        "filiere",
    )
