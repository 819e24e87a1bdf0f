"""What was planted in a synthetic nation against what was found in its files: recall and precision by kind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.entitlements.firm_months import BASE_MONTH
from minassa.entitlements.runs import Run

KINDS = ("transfer", "rehire", "replacement", "ghost", "raised_reference", "underdeclared_days", "disagreement")
BY_MONTH = frozenset({"transfer", "rehire", "replacement"})
"""Kinds that are hires: told apart by person, firm and month of hiring; the others by person and firm."""

OF_HIRES = (*sorted(BY_MONTH), "raised_reference")
"""Kinds looked for among hires since the base month only: before it the offer rewarded none."""

BY_STATEMENT = ("ghost", "underdeclared_days", "disagreement")
"""Kinds that only a yearly tax statement betrays: a year that has not closed has none yet."""


class Pseudonyms(Protocol):
    """Whatever turns CNSS numbers into the pseudonyms of a lake."""

    def of_numbers(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Pseudonyms of CNSS numbers, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class Score:
    """How one kind of irregularity was found."""

    kind: str
    planted: int
    found: int
    right: int

    @property
    def recall(self) -> float:
        """Share of the planted ones that were found (1 when none was planted)."""
        return self.right / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        """Share of those found that had been planted (1 when none was found)."""
        return self.right / self.found if self.found else 1.0

    def as_json(self) -> dict[str, Any]:
        """The score as plain data."""
        return {
            "kind": self.kind,
            "planted": self.planted,
            "found": self.found,
            "right": self.right,
            "recall": round(self.recall, 4),
            "precision": round(self.precision, 4),
        }


def compared(run: Run, truth: Path, pseudonyms: Pseudonyms) -> list[Score]:
    """Scores of every kind, for what could be known by the month of the run."""
    planted = planted_rows(truth, pseudonyms, run.until)
    found = run.table("irregularities").filter(pl.col("month") <= run.until).collect()
    return [_score(kind, planted, found) for kind in KINDS]


def planted_rows(truth: Path, pseudonyms: Pseudonyms, until: int) -> pl.DataFrame:
    """The planted irregularities, persons as the pseudonyms of the lake, months as indices."""
    rows = pl.read_csv(truth / "irregularities.csv", separator=";", infer_schema_length=0)
    numbers = rows["person"].cast(pl.Int64).to_numpy()
    month = pl.col("month").str.slice(0, 4).cast(pl.Int32) * 12 + pl.col("month").str.slice(5, 2).cast(pl.Int32) - 1
    return rows.select(
        "kind",
        pl.col("affiliation").cast(pl.Int32),
        pl.Series("person", pseudonyms.of_numbers(numbers)),
        month.cast(pl.Int32).alias("month"),
    ).filter(_knowable(until))


def _knowable(until: int) -> pl.Expr:
    """What the run could know: hires after the base month; what statements betray, in the years that have closed."""
    month, kind = pl.col("month"), pl.col("kind")
    closed = (until + 1) // 12 * 12 - 1
    hired = ~kind.is_in(OF_HIRES) | (month > BASE_MONTH)
    return (month <= until) & hired & (~kind.is_in(BY_STATEMENT) | (month <= closed))


def _score(kind: str, planted: pl.DataFrame, found: pl.DataFrame) -> Score:
    keys = ["affiliation", "person", *(["month"] if kind in BY_MONTH else [])]
    real = planted.filter(pl.col("kind") == kind).select(keys).unique()
    seen = found.filter(pl.col("kind") == kind).select(keys).unique()
    return Score(kind, real.height, seen.height, real.join(seen, on=keys, how="inner").height)
