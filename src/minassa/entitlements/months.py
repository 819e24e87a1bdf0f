"""Employee-months: what each firm declared for each person, one row a month, in order."""

from __future__ import annotations

import polars as pl

COVERED_ABSENCES = (3, 4, 5, 8)
"""Maternity, sickness, work accident, occupational disease: absent, but the post is held and insured."""
LEFT = (1, 2)
KEYS = ["affiliation", "person", "month"]


def aliases(staff: pl.DataFrame) -> pl.DataFrame:
    """Pseudonyms by identity card and the pseudonyms by CNSS number of the same people (register)."""
    pairs = staff.filter((pl.col("person_by_cin") != 0) & (pl.col("person") != 0) & pl.col("person_by_cin").is_not_null())
    return (
        pairs.filter(pl.col("person_by_cin") != pl.col("person"))
        .select(pl.col("person_by_cin").alias("person"), pl.col("person").alias("known_person"))
        .unique("person", keep="first", maintain_order=True)
        .sort("person")
    )


def employee_months(cnss: pl.LazyFrame, known: pl.DataFrame) -> pl.DataFrame:
    """One row per firm, person and month, sorted so; several lines of one month (complements) are added up.

    `present` says that the month counts: worked days, or a covered absence. `left` says that the firm declared
    the departure. Casual labour without number or card (person 0) has no row: nobody to follow.
    """
    lines = cnss.filter(pl.col("person") != 0).drop("record", "children")
    if known.height:
        lines = (
            lines.join(known.lazy(), on="person", how="left")
            .with_columns(pl.coalesce("known_person", "person").alias("person"))
            .drop("known_person")
        )
    rows = lines.collect(engine="streaming").sort(KEYS)
    twice = pl.all_horizontal(pl.col(key) == pl.col(key).shift(1) for key in KEYS).fill_null(value=False)
    if rows.select(twice.any()).item():
        rows = _added_up(rows)
    return rows.with_columns(
        ((pl.col("days") > 0) | pl.col("situation").is_in(COVERED_ABSENCES)).alias("present"),
        pl.col("situation").is_in(LEFT).alias("left"),
    )


def _added_up(rows: pl.DataFrame) -> pl.DataFrame:
    """Several lines of a person in a month as one: days and salaries added, the place of the largest line kept."""
    biggest = pl.col("salary_real").arg_max()
    return (
        rows.group_by(KEYS, maintain_order=True)
        .agg(
            pl.col("days").sum().cast(pl.Int16),
            pl.col("salary_real").sum(),
            pl.col("salary_capped").sum(),
            pl.col("situation").max(),
            pl.col("file_id").get(biggest),
            pl.col("line").get(biggest),
        )
        .sort(KEYS)
    )
