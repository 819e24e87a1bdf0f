"""Insertion of graduates, measured by meeting their pseudonyms with the lines that employers declare each month.

Nobody is asked anything: a graduate is at work in a month when a firm declared days for that person, or an absence
under a contract that goes on (sickness, maternity, leave without pay). Only graduates
for whom a consent or a legal ground is recorded are met (law 09-08); the others are counted and left alone. A
horizon that the declarations do not reach yet for a cohort is empty, never zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from minassa.talent.flows.forms import COHORT

HORIZONS: Final = (3, 6, 12, 24)
"""Months after graduation at which insertion is told."""
GRADUATES: Final = (*COHORT, "person", "graduated_month", "filiere", "grounded")
WORK: Final = ("person", "month", "filiere", "salary_month")
GONE_AFTER: Final = 12
"""Months without any line after which an inserted graduate is counted as having left the sector."""


ABSENT_FROM: Final = 3
"""Situations of the e-BDS from IT on suspend the work, not the contract; SO and DE end it."""


def at_work(lines: pl.LazyFrame, filiere_of: pl.LazyFrame) -> pl.LazyFrame:
    """One row for each person and month in post: `WORK`.

    `lines`: person, month, affiliation, days, situation, salary_real (table `cnss_lines`, a person declared under a
    card before having a number being put under the number). `filiere_of`: affiliation, person, filiere (0 unknown),
    one row at most for each pair. Someone with two employers has the larger salary's filière and the sum of both.
    """
    return (
        lines.filter((pl.col("days") > 0) | (pl.col("situation") >= ABSENT_FROM), pl.col("person") != 0)
        .join(filiere_of, on=["affiliation", "person"], how="left")
        .sort("salary_real", "affiliation", descending=[True, False])
        .group_by("person", "month")
        .agg(
            filiere=pl.col("filiere").fill_null(0).first().cast(pl.Int8),
            salary_month=pl.col("salary_real").sum(),
        )
    )


def insertion(
    graduates: pl.DataFrame, work: pl.LazyFrame, last_month: int, horizons: Sequence[int] = HORIZONS
) -> pl.DataFrame:
    """What became of each cohort at each horizon; one row for each, in order.

    `graduates`: `GRADUATES`, one row for each person of a cohort. `last_month`: the last one declared by all. Columns
    besides the cohort's: `horizon`; `graduates` met (with a ground); `without_ground`; `observed`: those whose horizon
    is reached; `employed`, `in_trade` (in the filière trained for): null when nobody is observed; `wage_month`: the
    median of salaries of those employed, in centimes, null when nobody is.
    """
    met = graduates.filter("grounded")
    asked = pl.DataFrame({"horizon": list(horizons)}, schema={"horizon": pl.Int32})
    seen = (
        met.join(asked, how="cross")
        .with_columns(month=(pl.col("graduated_month") + pl.col("horizon")).cast(pl.Int32))
        .with_columns(observed=pl.col("month") <= last_month)
        .join(_months_of(met, work), on=["person", "month"], how="left", suffix="_work")
        .with_columns(employed=pl.col("observed") & pl.col("salary_month").is_not_null())
        .with_columns(in_trade=pl.col("employed") & (pl.col("filiere_work") == pl.col("filiere")))
    )
    told = seen.group_by(*COHORT, "horizon").agg(
        graduates=pl.len(),
        observed=pl.col("observed").sum(),
        employed=_when_observed("employed"),
        in_trade=_when_observed("in_trade"),
        wage_month=pl.col("salary_month")
        .filter("employed")
        .median()
        .round(0, mode="half_away_from_zero")
        .cast(pl.Int64),
    )
    left_alone = graduates.group_by(COHORT).agg(without_ground=(~pl.col("grounded")).sum())
    return told.join(left_alone, on=COHORT, how="left").sort(*COHORT, "horizon")


def _months_of(met: pl.DataFrame, work: pl.LazyFrame) -> pl.DataFrame:
    return work.join(met.lazy().select("person").unique(), on="person", how="semi").collect()


def _when_observed(column: str) -> pl.Expr:
    return pl.when(pl.col("observed").any()).then(pl.col(column).sum())


def whereabouts(graduates: pl.DataFrame, work: pl.LazyFrame, last_month: int) -> pl.DataFrame:
    """Where the graduates of each cohort stand at `last_month`: there, gone from the sector, never seen.

    `inserted`: seen at work at least once since graduation. `gone`: inserted, without any line for `GONE_AFTER`
    months. Who left the country is not in any declaration: of all met, between 0 and `gone` + `never_seen` did
    (`abroad_at_most`); who left the sector, between `gone` and as many (`left_at_least`, `left_at_most`).
    """
    met = graduates.filter("grounded")
    months = _months_of(met, work).join(met.select("person", "graduated_month"), on="person")
    last = months.filter(pl.col("month") > pl.col("graduated_month")).group_by("person").agg(last=pl.col("month").max())
    held = met.join(last, on="person", how="left")
    seen, gone = pl.col("last").is_not_null(), pl.col("last") <= last_month - GONE_AFTER
    return (
        held.group_by(COHORT)
        .agg(
            graduates=pl.len(),
            inserted=seen.sum(),
            gone=gone.fill_null(value=False).sum(),
            never_seen=(~seen).sum(),
        )
        .with_columns(
            left_at_least=pl.col("gone"),
            left_at_most=pl.col("gone") + pl.col("never_seen"),
            abroad_at_most=pl.col("gone") + pl.col("never_seen"),
        )
        .sort(COHORT)
    )
