"""A panel of firms: what is measured in each month, when each firm entered the scheme, and its like to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.outlook.trajectory import region_of_place
from minassa.vocabulary.errors import MinassaError

NEVER: Final = 1_000_000
"""The month of entry of a firm that never enters."""
OUTCOMES: Final = ("log_headcount", "headcount")
KINDS: Final = ("filiere", "region", "place")
"""Columns that firms may be compared within."""


class UnusablePanel(MinassaError):
    """Rows that no evaluation can be made from."""

    code = "EVALUATION-PANEL"


class TooFew(UnusablePanel):
    """Too few firms, jobs or departures to say anything: `had` tells how many of each, and how many are `wanted`."""

    code = "EVALUATION-TOO-FEW"

    def __init__(self, message: str, *, had: dict[str, int], wanted: dict[str, int]) -> None:
        """Say it in a sentence and in numbers, by name."""
        super().__init__(message)
        self.had, self.wanted = had, wanted


@dataclass(frozen=True, slots=True)
class Panel:
    """Firms as rows, months as columns from `first_month` on (an index).

    `outcome`: headcount at the end of the month, or its logarithm; `headcount` and `new_jobs` (those the scheme pays
    for, begun in the month) are persons. `cohort`: the month of entry, NEVER without one.
    `cell`: firms of one number are compared with one another only; `place`: firms of one number are neighbours.
    `set_aside`: firms left out because they were not there in every month.
    """

    firm: NDArray[np.int64]
    cohort: NDArray[np.int64]
    cell: NDArray[np.int64]
    place: NDArray[np.int64]
    first_month: int
    outcome: NDArray[np.float64]
    headcount: NDArray[np.float64]
    new_jobs: NDArray[np.float64]
    set_aside: int

    @property
    def last_month(self) -> int:
        """The last month that is known."""
        return self.first_month + int(self.outcome.shape[1]) - 1

    def at(self, month: int) -> NDArray[np.float64]:
        """The outcome of every firm at the end of a month."""
        return self.outcome[:, month - self.first_month]


def panel_of(rows: pl.DataFrame, outcome: str = "log_headcount", within: Sequence[str] = ("filiere",)) -> Panel:
    """The panel of rows by firm and month.

    Columns: `affiliation`, `month`, `headcount_month`, `new_jobs_month`, `cohort_month` (null: never enters),
    `filiere`, `place`; a firm's filière and place are those of its first month. A month without a row has nobody in
    post. For the logarithm, firms with nobody in some month are set aside. UnusablePanel when nothing is left, or for
    a word that is not known.
    """
    if outcome not in OUTCOMES or set(within) - set(KINDS):
        raise UnusablePanel(f"Mesure ou comparaison inconnue : {outcome}, {', '.join(within)}.")
    months = sorted(int(month) for month in rows["month"].unique())
    heads, new = (_wide(rows, column, months) for column in ("headcount_month", "new_jobs_month"))
    if not heads.size or months != list(range(months[0], months[-1] + 1)):
        raise UnusablePanel("Il faut des entreprises, et une suite de mois sans trou.")
    kept = (heads > 0).all(axis=1) if outcome == "log_headcount" else (heads > 0).any(axis=1)
    if not kept.any():
        raise UnusablePanel("Aucune entreprise n'est présente tous les mois.")
    firms = _firms(rows, within).filter(pl.Series(kept))
    return Panel(
        firm=firms["affiliation"].to_numpy().astype(np.int64),
        cohort=firms["cohort"].to_numpy().astype(np.int64),
        cell=firms["cell"].to_numpy().astype(np.int64),
        place=firms["neighbours"].to_numpy().astype(np.int64),
        first_month=months[0],
        outcome=np.log(heads[kept]) if outcome == "log_headcount" else heads[kept],
        headcount=heads[kept],
        new_jobs=new[kept],
        set_aside=int((~kept).sum()),
    )


def _wide(rows: pl.DataFrame, column: str, months: Sequence[int]) -> NDArray[np.float64]:
    """A column with one row per firm, in the order of affiliations, and one column per month."""
    wide = rows.pivot("month", index="affiliation", values=column).sort("affiliation")
    return wide.select(str(month) for month in months).fill_null(0).to_numpy().astype(np.float64)


def _firms(rows: pl.DataFrame, within: Sequence[str]) -> pl.DataFrame:
    """One row per firm, in the order of affiliations: entry, cell, neighbours."""
    first = (
        rows.with_columns(region_of_place().alias("region"))
        .sort("affiliation", "month")
        .group_by("affiliation", maintain_order=True)
        .agg(pl.col("cohort_month", *KINDS).first())
    )
    cell = pl.struct(within).rank("dense") if within else pl.lit(0)
    return first.with_columns(
        pl.col("cohort_month").fill_null(NEVER).cast(pl.Int64).alias("cohort"),
        cell.cast(pl.Int64).alias("cell"),
        pl.struct("place", "filiere").rank("dense").cast(pl.Int64).alias("neighbours"),
    )
