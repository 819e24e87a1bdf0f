"""What the firm's own staff register says of each spell: contract, nationality, establishment, job."""

from __future__ import annotations

import polars as pl

from minassa.entitlements.ties import in_order

FACTS = [
    "moroccan",
    "contract",
    "establishment",
    "filiere",
    "job_title",
    "qualification",
    "other_aid_until_month",
    "sex",
    "birth_year",
    "hired_on",
    "left_on",
]
NEUTRAL = {
    "moroccan": False,
    "contract": 0,
    "establishment": 0,
    "filiere": 0,
    "job_title": "",
    "qualification": 0,
    "other_aid_until_month": 0,
    "sex": 0,
    "birth_year": 0,
    "staff_file_id": 0,
    "staff_line": 0,
}
"""What stands for a fact that no register tells; the two dates stay null."""
TOLERANCE_MONTHS = 1
"""The register may date a hiring in the month after the first one declared at CNSS."""


def month_of_date(column: str) -> pl.Expr:
    """Month index of a date column."""
    return pl.col(column).dt.year() * 12 + pl.col(column).dt.month().cast(pl.Int32) - 1


def stays(staff: pl.DataFrame) -> pl.DataFrame:
    """The latest known state of each stay (firm, person, hiring date): of the last register, the last departure."""
    dated = staff.filter((pl.col("person") != 0) & pl.col("hired_on").is_not_null())
    return (
        in_order(dated, "affiliation", "person", "hired_on", "as_of_month", "left_on")
        .unique(["affiliation", "person", "hired_on"], keep="last", maintain_order=True)
        .with_columns(month_of_date("hired_on").cast(pl.Int32).alias("stay_month"))
    )


def with_stays(spells: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """Spells with the facts of the stay they match: the last one that starts no later than the spell (a month's grace).

    `in_register` is false where the register knows no such stay; facts are then neutral (not Moroccan, no contract).
    """
    # Of two stays that begin in the same month, the later one: a merge takes the last of equals.
    facts = register.sort("hired_on", maintain_order=True).select(
        "affiliation",
        "person",
        "stay_month",
        *FACTS,
        pl.col("file_id").alias("staff_file_id"),
        pl.col("line").alias("staff_line"),
    )
    return (
        spells.with_columns((pl.col("first_month") + TOLERANCE_MONTHS).alias("not_after"))
        .sort("not_after")
        .join_asof(
            facts,
            left_on="not_after",
            right_on="stay_month",
            by=["affiliation", "person"],
            strategy="backward",
            check_sortedness=False,
        )
        .with_columns(pl.col("staff_file_id").is_not_null().alias("in_register"))
        .with_columns(pl.col(name).fill_null(value) for name, value in NEUTRAL.items())
        .drop("not_after")
        .sort("affiliation", "person", "first_month")
    )
