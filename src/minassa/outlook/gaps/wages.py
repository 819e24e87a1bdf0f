"""Wages by occupation as employers declared them for a full month: medians, and none of too few people."""

from __future__ import annotations

from typing import Final

import polars as pl

from minassa.outlook.disclosure.parameters import Control
from minassa.talent.balance.gaps import ALL
from minassa.talent.balance.observed import in_post

FULL_MONTH: Final = 26
"""Days declared to CNSS for a whole month."""
PRESENT: Final = 0


def wages(stays: pl.DataFrame, lines: pl.LazyFrame, month: int, control: Control) -> pl.DataFrame:
    """The median salary declared for a full month: occupation, region (-1: the country), people, wage_month (centimes).

    `lines`: person, affiliation, month, days, situation, salary_real (people under their number). A row stands on
    enough people and enough firms for the disclosure control; the others are left out.
    """
    paid = (
        lines.filter(pl.col("month") == month, pl.col("days") >= FULL_MONTH, pl.col("situation") == PRESENT)
        .group_by("person", "affiliation")
        .agg(pl.col("salary_real").sum())
        .collect()
    )
    held = in_post(stays, month).join(paid, on="person").filter(pl.col("salary_real") > 0)
    grains = [held.with_columns(region=pl.lit(ALL, pl.Int32)), held]
    rows = (
        pl.concat(grains)
        .group_by("occupation", "region")
        .agg(
            people=pl.len().cast(pl.Int64),
            firms=pl.col("affiliation").n_unique(),
            wage_month=pl.col("salary_real").median().round(0, mode="half_away_from_zero").cast(pl.Int64),
        )
    )
    enough = (pl.col("people") >= control.fewest_persons.value) & (pl.col("firms") >= control.fewest_firms.value)
    return rows.filter(enough).drop("firms").sort("occupation", "region")
