"""The rows of a grain sorted out by firm, place, filière, job level and year; cells add up along every axis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.entitlements.runs import Run
from minassa.entitlements.spells import STABILITY_MONTHS
from minassa.outlook.sizes import NOBODY, size_class
from minassa.vocabulary.periods import MONTHS_A_YEAR
from minassa.vocabulary.places import places

Column: TypeAlias = NDArray[np.int64]
CELL: Final = ["affiliation", "place", "filiere", "level", "year"]
"""What tells a cell from another. `year`: of the work (AIR, PAF), of the closing (AIS), of the 18th month (PAE)."""
AXES: Final = ("filiere", "region", "place", "size", "level", "year", "affiliation")
UNKNOWN_REGION: Final = 0
NO_LEVEL: Final = 0
"""The level of a post that no register tells, and of an amount that a firm is given for no post of its own."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cell of each row of a grain, how many cells there are, and the rank of each on every axis."""

    code: Column
    count: int
    ranks: Mapping[str, Column]

    def added(self, rows: Column | None, weights: Column | None) -> Column:
        """Weights of rows (all of them without `rows`; 1 each without weights) added up by cell.

        Doubles hold every sum exactly: a cell stays far below 2^53 centimes.
        """
        code = self.code if rows is None else self.code[rows]
        return np.bincount(code, weights=weights, minlength=self.count).astype(np.int64)

    def along(self, axis: str, sums: Column, values: int) -> Column:
        """Sums by cell added up along an axis of so many values."""
        return np.bincount(self.ranks[axis], weights=sums, minlength=values).astype(np.int64)


def cells_of(run: Run, frames: Mapping[str, pl.DataFrame]) -> tuple[dict[str, Cells], dict[str, Column]]:
    """The cells of each grain, and the values of each axis in order, the same for all grains."""
    keys, codes = {}, {}
    sizes, regions = _sizes(run), {one.code: one.region for one in places()}
    for grain, frame in frames.items():
        keys[grain], codes[grain] = _keys(grain, frame)
        region = pl.col("place").replace_strict(regions, default=UNKNOWN_REGION, return_dtype=pl.Int64)
        joined = keys[grain].join(sizes, on="affiliation", how="left", maintain_order="left")
        keys[grain] = joined.with_columns(region.alias("region"), pl.col("size").fill_null(NOBODY))
    values = {axis: _values(table[axis] for table in keys.values()) for axis in AXES}
    return {
        grain: Cells(
            codes[grain], table.height, {axis: np.searchsorted(values[axis], table[axis].to_numpy()) for axis in AXES}
        )
        for grain, table in keys.items()
    }, values


def _keys(grain: str, frame: pl.DataFrame) -> tuple[pl.DataFrame, Column]:
    """The cells of a grain, and the cell of each row."""
    level = pl.col("qualification") if "qualification" in frame.columns else pl.lit(NO_LEVEL)
    rows = frame.select(
        pl.col("affiliation", "place", "filiere").cast(pl.Int64),
        level.cast(pl.Int64).alias("level"),
        _year_due(grain).cast(pl.Int64).alias("year"),
    ).select(CELL)
    keys = rows.unique().sort(CELL).with_row_index("cell")
    code = rows.join(keys, on=CELL, how="left", maintain_order="left")["cell"].to_numpy().astype(np.int64)
    return keys.drop("cell"), code


def _year_due(grain: str) -> pl.Expr:
    """The year that an amount is told under: a hire's is that of its 18th month, whatever a reform makes of it."""
    if grain == "hire":
        return (pl.col("hired_month") + STABILITY_MONTHS - 1) // MONTHS_A_YEAR
    return pl.col("year")


def _sizes(run: Run) -> pl.DataFrame:
    """The size class of each firm in the last month known to the run."""
    heads = run.table("firm_month").filter(pl.col("month") == run.until)
    firm = pl.col("affiliation").cast(pl.Int64)
    return heads.select(firm, size_class("headcount_month").cast(pl.Int64).alias("size")).collect()


def _values(columns: Iterable[pl.Series]) -> Column:
    return np.unique(np.concatenate([column.to_numpy() for column in columns]))
