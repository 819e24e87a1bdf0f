"""Employee-months: what each firm declared for each person, one row a month, in order."""

from __future__ import annotations

import polars as pl

from minassa.entitlements.ties import in_order

COVERED_ABSENCES = (3, 4, 5, 8)
"""Maternity, sickness, work accident, occupational disease: absent, but the post is held and insured."""
LEFT = (1, 2)
"""Left, or died."""
KEYS = ["affiliation", "person", "month"]
WITNESSES = ("as_of_month", "hired_on", "left_on", "affiliation")
"""Of several numbers for one card, the one in the last register counts, then that of the last hiring."""


def aliases(staff: pl.DataFrame) -> pl.DataFrame:
    """Pseudonyms by identity card and the pseudonyms by CNSS number of the same people, as the last register has them.

    `staff` has at least both pseudonyms and `WITNESSES`. Columns: `person` (by card) and `known_person` (by number),
    one row per card.
    """
    by_card, by_number = pl.col("person_by_cin"), pl.col("person")
    return (
        staff.filter((by_card != 0) & (by_number != 0) & (by_card != by_number))
        .sort(*WITNESSES, by_number)
        .select(by_card.alias("person"), by_number.alias("known_person"))
        .unique("person", keep="last", maintain_order=True)
        .sort("person")
    )


def by_number(lines: pl.LazyFrame, known: pl.DataFrame) -> pl.LazyFrame:
    """Lines declared under a card, put under the number of the same person where `known` (`aliases`) has it."""
    if not known.height:
        return lines
    return (
        lines.join(known.lazy(), on="person", how="left")
        .with_columns(pl.coalesce("known_person", "person").alias("person"))
        .drop("known_person")
    )


def employee_months(cnss: pl.LazyFrame, known: pl.DataFrame) -> pl.DataFrame:
    """One row per firm, person and month, sorted so; several lines of one month (complements) are added up.

    `present` says that the month counts: worked days, or a covered absence. `left` says that the firm declared
    the departure. Casual labour without number or card (person 0) has no row: nobody to follow.
    """
    lines = by_number(cnss.filter(pl.col("person") != 0).drop("record", "children"), known)
    present = (pl.col("days") > 0) | pl.col("situation").is_in(COVERED_ABSENCES)
    left = pl.col("situation").is_in(LEFT)
    rows = lines.collect(engine="streaming").sort(KEYS).with_columns(present.alias("present"), left.alias("left"))
    twice = pl.all_horizontal(pl.col(key) == pl.col(key).shift(1) for key in KEYS).fill_null(value=False)
    return _added_up(rows) if rows.select(twice.any()).item() else rows


def _added_up(rows: pl.DataFrame) -> pl.DataFrame:
    """Several lines of a person in a month as one: days and salaries added, the place of the best paid line kept.

    The month counts, or sees the person leave, when one of the lines says so.
    """
    return (
        in_order(rows, *KEYS, "salary_real", descending=("salary_real",))
        .group_by(KEYS, maintain_order=True)
        .agg(
            pl.col("days").sum().cast(pl.Int16),
            pl.col("salary_real", "salary_capped").sum(),
            pl.col("file_id", "line").first(),
            pl.col("present", "left").any(),
        )
    )
