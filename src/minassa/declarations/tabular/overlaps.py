"""Stays of the same person or establishment that overlap."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import polars as pl


def overlapping(stays: pl.DataFrame, key: str, first: str, last: str) -> list[int]:
    """The `row` of each stay that overlaps an earlier line of the same file and key, itself kept; a null key is nobody.

    Days are included; a stay may begin on the very day on which another ends, unless both begin on the same day.
    """
    several = stays.filter(pl.struct("file", key).is_duplicated() & pl.col(key).is_not_null())
    broken: list[int] = []
    every: defaultdict[tuple[object, object], list[tuple[date, date]]] = defaultdict(list)
    for file, known, row, begins, ends in several.select("file", key, "row", first, last).iter_rows():
        kept = every[file, known]
        if any(begins == other or (begins < until and other < ends) for other, until in kept):
            broken.append(row)
        else:
            kept.append((begins, ends))
    return broken
