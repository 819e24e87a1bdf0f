"""The projection tried on the past: what it would have said, what came, and what the naive ones would have said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from minassa.outlook.projection.cells import Cells
from minassa.outlook.projection.method import Method
from minassa.outlook.projection.projecting import KEYS, projection
from minassa.outlook.projection.spread import COVERED

ROLLED: Final = (12, 24)
"""Months ahead at which a rolling back-test looks."""
_NAIVE: Final = ("unchanged", "drifting")


def back_test(cells: Cells, origins: Sequence[int], method: Method, months: Sequence[int] = ROLLED) -> pl.DataFrame:
    """What would have been projected at the end of each origin (a month index), against what came. HistoryTooShort.

    One row per row of a level, origin and number of months ahead that is known: the columns of `projection`, `origin`,
    `months`, `before` (the headcount at the origin) and `came`.
    """
    known = {month: cells.sums.matrix @ cells.headcount[:, month - cells.first_month] for month in _months(cells)}
    parts = []
    for origin in origins:
        ahead = [one for one in months if origin + one <= cells.last_month]
        if not ahead:
            continue
        said = projection(cells.until(origin), origin + max(ahead), method)
        said = said.filter(pl.col("month").is_in([origin + one for one in ahead]))
        rows = pl.DataFrame(cells.sums.rows, schema=["level", "filiere", "region"], orient="row").with_columns(
            pl.col("filiere", "region").cast(pl.Int32), pl.Series("before", known[origin])
        )
        came = pl.concat(
            rows.with_columns(pl.lit(origin + one, pl.Int32).alias("month"), pl.Series("came", known[origin + one]))
            for one in ahead
        )
        joined = said.join(came, on=list(KEYS), how="left", maintain_order="left")
        parts.append(joined.with_columns(pl.lit(origin, pl.Int32).alias("origin")))
    if not parts:
        return pl.DataFrame()
    return pl.concat(parts).with_columns((pl.col("month") - pl.col("origin")).alias("months"))


def _months(cells: Cells) -> range:
    return range(cells.first_month, cells.last_month + 1)


def scores(tried: pl.DataFrame) -> pl.DataFrame:
    """How the back-test went, by level and months ahead.

    Columns: `rows`; `direction` (share of rows that moved and were said to move that way); `error`, `error_unchanged`,
    `error_drifting` (sum of absolute errors over the sum of what came); `covered_80`, `covered_95` (shares).
    """
    moved = (pl.col("came") - pl.col("before")).sign()
    said = (pl.col("headcount") - pl.col("before")).sign()
    inside = [
        ((pl.col("came") >= pl.col(f"low_{one}")) & (pl.col("came") <= pl.col(f"high_{one}")))
        .mean()
        .alias(f"covered_{one}")
        for one in COVERED
    ]
    errors = {"error": "headcount", **{f"error_{name}": name for name in _NAIVE}}
    return (
        tried.group_by("level", "months")
        .agg(
            pl.len().alias("rows"),
            (moved == said).filter(moved != 0).mean().alias("direction"),
            *(
                ((pl.col(column) - pl.col("came")).abs().sum() / pl.col("came").sum()).alias(name)
                for name, column in errors.items()
            ),
            *inside,
        )
        .sort("level", "months")
    )
