"""Stays of the same person or establishment that overlap."""

from __future__ import annotations

from datetime import date

import polars as pl


def overlapping(stays: pl.DataFrame, key: str, first: str, last: str) -> list[int]:
    """The `row` of each stay that overlaps an earlier line of the same key that is itself kept; a null key is nobody.

    Days are included; a stay may begin on the very day on which another ends, unless both begin on the same day.
    """
    several = stays.filter(pl.col(key).is_duplicated() & pl.col(key).is_not_null())
    broken: list[int] = []
    for group in several.select(key, "row", first, last).partition_by(key, maintain_order=True):
        kept: list[tuple[date, date]] = []
        for row, begins, ends in group.select("row", first, last).iter_rows():
            if any(begins == other or (begins < until and other < ends) for other, until in kept):
                broken.append(row)
            else:
                kept.append((begins, ends))
    return broken
