"""A projection: points that add up, intervals at every level, and the two naive projections beside them."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from minassa.outlook.projection.cells import Cells
from minassa.outlook.projection.growth import YEAR, drifting, projected, unchanged
from minassa.outlook.projection.method import Method
from minassa.outlook.projection.spread import COVERED, spreads

KEYS: Final = ("level", "filiere", "region", "month")
BOUNDS: Final = tuple(f"{side}_{covered}" for covered in COVERED for side in ("low", "high"))


def projection(cells: Cells, until: int, method: Method) -> pl.DataFrame:
    """Headcounts of every level for each month after the last known one, to `until` included. HistoryTooShort.

    Columns: `level` (cell, filiere, region, nation), `filiere` and `region` (-1: all), `month`, `headcount` (the sum of
    its cells), `unchanged` and `drifting` (naive), `low_80`, `high_80`, `low_95`, `high_95` (null when the history is
    too short to have been wrong). Empty when nothing is left to project.
    """
    months = max(0, until - cells.last_month)
    sums = cells.sums
    tables = {
        "headcount": sums.matrix @ projected(cells.headcount, months, method),
        "unchanged": sums.matrix @ unchanged(cells.headcount, months),
        "drifting": sums.matrix @ drifting(cells.headcount, months),
    }
    found = spreads(cells, method)
    years = np.arange(1, months + 1) / YEAR
    parts = []
    for rank, (level, filiere, region) in enumerate(sums.rows):
        columns = {name: table[rank] for name, table in tables.items()}
        if level in found:
            bounds = found[level].around(columns["headcount"], years)
            columns |= dict(zip(BOUNDS, (side for pair in bounds for side in pair), strict=True))
        parts.append(
            pl.DataFrame(columns).with_columns(
                pl.lit(level).alias("level"),
                pl.lit(filiere, pl.Int32).alias("filiere"),
                pl.lit(region, pl.Int32).alias("region"),
                pl.Series("month", range(cells.last_month + 1, cells.last_month + 1 + months), pl.Int32),
            )
        )
    order = [*KEYS, *tables, *BOUNDS]
    return pl.concat(parts).select(
        pl.col(name) if name in parts[0].columns else pl.lit(None, pl.Float64).alias(name) for name in order
    )
