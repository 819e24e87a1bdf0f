"""A yearly amount shared over parts of the year in proportion to pay, so that the parts add up to it exactly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl


def shared(rows: pl.DataFrame, totals: Sequence[str], weight: str, keys: Sequence[str]) -> list[pl.Series]:
    """For each total (centimes, the same on every row of a group), the part that falls to each row.

    Rows are in order: those of a group (same `keys`) stand together. Parts follow `weight` (centimes, not negative)
    by differences of the running share, rounded down: they are never negative and their sum is the total. A group
    whose weights are all zero gives everything to its last row.
    """
    if not rows.height:
        return [rows[total].cast(pl.Int64) for total in totals]
    starts = rows.select(pl.any_horizontal(pl.col(k) != pl.col(k).shift(1) for k in keys).fill_null(value=True))
    begins = np.flatnonzero(starts.to_series().to_numpy())
    weights = rows[weight].to_numpy().astype(np.int64)
    group = np.repeat(np.arange(begins.size), np.diff(np.append(begins, rows.height)))
    whole = np.add.reduceat(weights, begins)[group]
    running = np.cumsum(weights)
    upto = running - (running - weights)[begins][group]
    last = np.append(group[1:] != group[:-1], values=True)
    frame = rows.select(totals).with_columns(
        pl.Series("whole", whole), pl.Series("upto", upto), pl.Series("before", upto - weights), pl.Series("last", last)
    )
    return [frame.select(_part(total).alias(total)).to_series() for total in totals]


def _part(total: str) -> pl.Expr:
    """128-bit products, as two yearly amounts in centimes multiplied pass 64 bits."""
    amount = pl.col(total).cast(pl.Int128)
    safe = pl.when(pl.col("whole") == 0).then(1).otherwise(pl.col("whole")).cast(pl.Int128)
    part = (amount * pl.col("upto").cast(pl.Int128)) // safe - (amount * pl.col("before").cast(pl.Int128)) // safe
    everything = pl.when("last").then(pl.col(total)).otherwise(0)
    return pl.when(pl.col("whole") == 0).then(everything).otherwise(part.cast(pl.Int64)).cast(pl.Int64)
