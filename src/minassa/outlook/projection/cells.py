"""Headcounts by cell (a filière in a region) and month, and how cells add up to filières, regions and the country."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.outlook.trajectory import region_of_place

LEVELS: Final = ("cell", "filiere", "region", "nation")
ALL: Final = -1
"""The filière or region of a row that holds them all."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Headcounts at the end of each month: one row per cell, one column per month from `first_month` on (an index)."""

    filiere: NDArray[np.int64]
    region: NDArray[np.int64]
    first_month: int
    headcount: NDArray[np.float64]

    @property
    def last_month(self) -> int:
        """The last month that is known."""
        return self.first_month + int(self.headcount.shape[1]) - 1

    def until(self, month: int) -> Cells:
        """What was known at the end of a month."""
        known = self.headcount[:, : month - self.first_month + 1]
        return Cells(self.filiere, self.region, self.first_month, known)

    @property
    def sums(self) -> Sums:
        """How the cells add up at every level."""
        rows = [("cell", int(f), int(r)) for f, r in zip(self.filiere, self.region, strict=True)]
        rows += [("filiere", int(one), ALL) for one in np.unique(self.filiere)]
        rows += [("region", ALL, int(one)) for one in np.unique(self.region)]
        rows.append(("nation", ALL, ALL))
        matrix = np.array(
            [((self.filiere == f) | (f == ALL)) & ((self.region == r) | (r == ALL)) for _level, f, r in rows],
            dtype=np.float64,
        )
        return Sums(tuple(rows), matrix)


@dataclass(frozen=True, slots=True)
class Sums:
    """Rows of every level (level, filière, region) and the matrix of 0 and 1 that makes them from cells."""

    rows: tuple[tuple[str, int, int], ...]
    matrix: NDArray[np.float64]

    def of(self, level: str) -> NDArray[np.bool_]:
        """Which rows belong to a level."""
        return np.array([row[0] == level for row in self.rows])


def cells_of(firm_months: pl.LazyFrame) -> Cells:
    """The cells of a run, from its firm-months (those of most of each firm's staff); months without anybody hold 0."""
    counted = (
        firm_months.group_by("month", "filiere", region_of_place().alias("region"))
        .agg(pl.col("headcount_month").sum().alias("headcount"))
        .collect(engine="streaming")
    )
    wide = counted.pivot("month", index=["filiere", "region"], values="headcount", sort_columns=True)
    wide = wide.sort("filiere", "region").fill_null(0)
    months = wide.columns[2:]
    return Cells(
        wide["filiere"].to_numpy().astype(np.int64),
        wide["region"].to_numpy().astype(np.int64),
        min(int(month) for month in months),
        wide.select(str(month) for month in sorted(int(one) for one in months)).to_numpy().astype(np.float64),
    )
