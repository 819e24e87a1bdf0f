"""Stays of the staff registers as the balance takes them: each title recognised as an occupation, each firm placed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from minassa.outlook.trajectory import NO_REGION, region_of_place
from minassa.talent.balance.observed import STAY
from minassa.talent.matching import Recogniser, shipped_lexicon

UNKNOWN: Final = "0000"
"""The occupation of a title that no occupation is sure for: a person looks at it elsewhere."""
NO_LEVEL: Final = 0


def occupations_of(titles: pl.Series) -> dict[str, str]:
    """The unit group of ISCO-08 of each distinct title; `UNKNOWN` where the recogniser abstains."""
    distinct = titles.unique().sort().to_list()
    found = Recogniser(shipped_lexicon()).recognise(distinct, why=False)
    return {one.title: one.best.concept.isco if one.best else UNKNOWN for one in found}


def stays_of(staff: pl.LazyFrame, firm_months: pl.LazyFrame) -> pl.DataFrame:
    """One row per stay of the registers in effect: `STAY`.

    `staff`: `staff_lines`. A stay counts in the filière and region of most of its firm's staff in the last month, as
    the road counts it. Months of hiring and leaving are indices; `left_month` is null while the person is in post.
    """
    month = pl.col("month")
    firms = firm_months.filter(month == month.max().over("affiliation")).select(
        "affiliation", pl.col("filiere").cast(pl.Int32), region_of_place().cast(pl.Int32).alias("region")
    )
    rows = staff.select("affiliation", "person", "birth_year", "hired_on", "left_on", "job_title", "qualification")
    joined = rows.join(firms, on="affiliation").filter(pl.col("region") != NO_REGION).collect()
    return joined.select(
        "person",
        "filiere",
        _occupation(occupations_of(joined["job_title"])).alias("occupation"),
        "region",
        pl.col("qualification").fill_null(NO_LEVEL).cast(pl.Int32).alias("level"),
        pl.col("birth_year").cast(pl.Int32),
        _index("hired_on").alias("hired_month"),
        _index("left_on").alias("left_month"),
    ).select(STAY)


def _occupation(known: Mapping[str, str]) -> pl.Expr:
    return pl.col("job_title").replace_strict(known, default=UNKNOWN, return_dtype=pl.String)


def _index(day: str) -> pl.Expr:
    return (pl.col(day).dt.year() * 12 + pl.col(day).dt.month() - 1).cast(pl.Int32)
