"""The indicators of one firm, made as those of the nation are: the same sums over what the run says of it alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl
from django.core.cache import cache

from minassa.entitlements.runs import Run
from minassa.steering.indicators.cube import SHAPE, cube_of
from minassa.steering.indicators.reading import Filters, Reading
from minassa.vocabulary.statuses import Status

KEPT: Final = 600
"""Seconds during which the sums of a firm are kept."""


@dataclass(frozen=True)
class FirmRun(Run):
    """A run of which only the rows of one firm are read."""

    affiliation: int = 0

    def table(self, name: str) -> pl.LazyFrame:
        """A table of the run, the rows of the firm."""
        return super().table(name).filter(pl.col("affiliation") == self.affiliation)


@dataclass(frozen=True, slots=True)
class Due:
    """What a measure owes the firm so far (centimes), the part that waits for declarations, the weakest status."""

    measure: str
    due_cents: int
    provisional_cents: int
    status: Status


def firm_reading(run: Run, affiliation: int) -> Reading:
    """The sums of one firm, ready for any indicator; of none for a firm that declared nothing."""
    key = f"indicators-of-firm-{run.path.name}-{SHAPE}-{affiliation}"
    kept: pl.DataFrame | None = cache.get(key)
    if kept is None:
        kept = cube_of(FirmRun(run.path, affiliation))
        cache.set(key, kept, KEPT)
    return Reading(kept, Filters())


def firm_amounts(run: Run, affiliation: int) -> list[Due]:
    """What is due to a firm by measure."""
    cents = pl.col("amount_cents")
    due = FirmRun(run.path, affiliation).table("amounts").filter("entitled").group_by("measure")
    found = due.agg(
        cents.sum().alias("due"),
        cents.filter("provisional").sum().alias("provisional"),
        pl.col("status").filter(cents > 0).max().fill_null(0).alias("rank"),
    )
    by_rank = tuple(Status)
    return [
        Due(row["measure"], row["due"], row["provisional"], by_rank[row["rank"]])
        for row in found.sort("measure").collect().iter_rows(named=True)
    ]
