"""What the firm sheets say: groups, establishments and where they stood when, start, certificates."""

from __future__ import annotations

import polars as pl

from minassa.entitlements.stays import month_of_date
from minassa.entitlements.ties import in_order

NO_MONTH = 0
NO_CERTIFICATE = 999


def groups(sheets: pl.DataFrame) -> pl.DataFrame:
    """The head of the group of each firm (itself when it stands alone)."""
    alone = pl.col("group_head").fill_null(0) == 0
    return (
        _by_establishment(sheets)
        .select("affiliation", pl.when(alone).then("affiliation").otherwise("group_head").alias("group_head"))
        .unique("affiliation", keep="first", maintain_order=True)
    )


def _by_establishment(sheets: pl.DataFrame) -> pl.DataFrame:
    """The lines of each firm's sheet: its first establishment first, each one's first place first."""
    return in_order(sheets, "affiliation", "establishment", "place_from")


def establishments(sheets: pl.DataFrame) -> pl.DataFrame:
    """Where each establishment stands from which month on, in order of date: of two moves in a month the later last."""
    return (
        _by_establishment(sheets)
        .sort(pl.col("place_from"), nulls_last=False, maintain_order=True)
        .with_columns(month_of_date("place_from").fill_null(NO_MONTH).cast(pl.Int32).alias("place_month"))
        .select("affiliation", "establishment", "place_month", "place")
    )


def main_places(sheets: pl.DataFrame) -> pl.DataFrame:
    """The last known place of each firm's first establishment: where people the register does not place are counted."""
    first = _by_establishment(sheets).filter(
        pl.col("establishment") == pl.col("establishment").min().over("affiliation")
    )
    dated = first.sort("affiliation", "place_from", nulls_last=False, maintain_order=True)
    return dated.group_by("affiliation", maintain_order=True).agg(pl.col("place").last().alias("main_place"))


def placed(rows: pl.DataFrame, sheets: pl.DataFrame, month: str) -> pl.DataFrame:
    """Rows with the `place` of their establishment in the month that the column `month` holds."""
    keys = ["affiliation", "establishment"]
    found = (
        rows.drop("place", strict=False)
        .sort(month)
        .join_asof(
            establishments(sheets),
            left_on=month,
            right_on="place_month",
            by=keys,
            strategy="backward",
            check_sortedness=False,
        )
    )
    return (
        found.join(main_places(sheets), on="affiliation", how="left")
        .with_columns(pl.coalesce("place", "main_place", pl.lit(0)).cast(pl.Int16).alias("place"))
        .drop("main_place", "place_month", strict=False)
    )


def identities(sheets: pl.DataFrame) -> pl.DataFrame:
    """One row per firm: start, installation, certificates, activity, regime and the line they stand on."""
    return (
        _by_establishment(sheets)
        .group_by("affiliation", maintain_order=True)
        .agg(
            pl.col("fiscal_id").first(),
            pl.col("started_on").first(),
            pl.col("installed_on").first(),
            pl.col("activity").first(),
            pl.col("regime").first(),
            pl.col("tax_certificate_on").max(),
            pl.col("social_certificate_on").max(),
            pl.col("file_id").first().alias("sheet_file_id"),
            pl.col("line").first().alias("sheet_line"),
        )
    )
