"""Ties between declared rows, settled by what they say: neither the order of deposits nor the lake's key counts."""

from __future__ import annotations

import polars as pl

PSEUDONYMS = ("person", "person_by_cin")
"""They are drawn under the key of a lake: under another one they stand in another order."""
PLACES = ("file_id", "line")
"""Where a row was read: files are numbered as they are deposited."""


def in_order(rows: pl.DataFrame, *by: str, descending: tuple[str, ...] = ()) -> pl.DataFrame:
    """Rows sorted by some columns, then by everything else that was declared, then by pseudonym, then by place.

    Two rows that only their place tells apart say the same: whichever is kept, the figures are equal. Nothing known
    comes before anything known; `descending` names the columns of `by` to be read from the greatest down.
    """
    last = [name for name in (*PSEUDONYMS, *PLACES) if name in rows.columns and name not in by]
    told = [name for name in rows.columns if name not in by and name not in last]
    names = [*by, *told, *last]
    return rows.sort(names, descending=[name in descending for name in names])
