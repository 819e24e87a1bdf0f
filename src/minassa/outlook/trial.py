"""A reform tried on every declaration of a run: what it costs, who gains and who loses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.engine import Offer, Reform, Warm, reform
from minassa.entitlements.amounts import grain_of
from minassa.entitlements.computation import inputs_of, spans
from minassa.entitlements.runs import Run
from minassa.entitlements.spells import STABILITY_MONTHS
from minassa.outlook.outcome import CELL, Outcome, Part
from minassa.outlook.response import Payroll
from minassa.vocabulary.periods import MONTHS_A_YEAR, month_index
from minassa.vocabulary.places import place, places

UNKNOWN_REGION = 0


@dataclass(frozen=True, slots=True)
class Cells:
    """The rows of a grain sorted out by firm, place and filière: the cell of each row, and what each cell is."""

    code: NDArray[np.int64]
    keys: pl.DataFrame


class Trial:
    """A run kept warm: the offer evaluated once with every rule; a reform computes again only what it changes."""

    def __init__(self, offer: Offer, run: Run) -> None:
        """Load the rows of the run and evaluate its offer. `offer` must be the run's own."""
        self.offer, self.run = offer, run
        self.grains = {measure: grain_of(offer, measure) for measure in offer.measures}
        needed = _with_parents(offer, set(self.grains.values()))
        frames = {grain: inputs_of(offer, grain, run.table(grain).collect()) for grain in sorted(needed)}
        self.warm = Warm(offer, {grain: frame.lazy() for grain, frame in frames.items()}, spans(offer, frames))
        self.cells = {grain: _cells(grain, self.warm.frames[grain]) for grain in sorted(set(self.grains.values()))}
        self.base = {measure: self._amounts(measure, self.warm.frames[self.grains[measure]]) for measure in self.grains}
        self.base_sums = {measure: self._sums(measure, amounts) for measure, amounts in self.base.items()}

    def outcome(self, patch: Reform) -> Outcome:
        """What the reform changes, by measure, filière, region, place and firm. InvalidReform when it cannot apply."""
        changed = self.warm.tried(reform(self.offer, patch))
        parts = {measure: self._part(measure, changed[self.grains[measure]]) for measure in self.grains}
        return Outcome(patch.name, patch.entry.description, parts)

    @property
    def last_whole_year(self) -> int:
        """The last calendar year of which every month is known to the run."""
        return (self.run.until + 1) // MONTHS_A_YEAR - 1

    @cached_property
    def payroll(self) -> Payroll:
        """Gross taxable income of the last whole year known, and the headcount of its last month; zeros without one."""
        whole = self.last_whole_year
        paid = self.run.table("employee_period").filter(pl.col("year") == whole)
        heads = self.run.table("firm_month").filter(pl.col("month") == month_index(whole, MONTHS_A_YEAR))
        gross = paid.select(pl.col("gross_taxable_income_period").sum()).collect().item()
        return Payroll(int(gross), int(heads.select(pl.col("headcount_month").sum()).collect().item()))

    def _part(self, measure: str, changed: pl.DataFrame) -> Part:
        """What the reform changes in one measure."""
        keys = self.cells[self.grains[measure]].keys
        before = self.base_sums[measure]
        if f"{measure}_amount" not in changed.columns:
            return Part(keys.with_columns(pl.Series("base", before), pl.Series("reformed", before)), 0, 0)
        new = self._amounts(measure, changed)
        difference = new - self.base[measure]
        table = keys.with_columns(pl.Series("base", before), pl.Series("reformed", self._sums(measure, new)))
        return Part(table, int((difference > 0).sum()), int((difference < 0).sum()))

    def _amounts(self, measure: str, frame: pl.DataFrame) -> NDArray[np.int64]:
        """The amounts of a measure, row by row; none where the measure is not in force."""
        amounts: NDArray[np.int64] = frame[f"{measure}_amount"].fill_null(0).to_numpy()
        return amounts

    def _sums(self, measure: str, amounts: NDArray[np.int64]) -> NDArray[np.int64]:
        """Amounts added up by cell. Doubles hold every sum exactly: a cell stays far below 2^53 centimes."""
        cells = self.cells[self.grains[measure]]
        sums = np.bincount(cells.code, weights=amounts, minlength=cells.keys.height)
        return sums.astype(np.int64)


def _with_parents(offer: Offer, grains: set[str]) -> set[str]:
    found = set(grains)
    for grain in grains:
        parent = offer.grains[grain].parent
        while parent is not None:
            found.add(parent)
            parent = offer.grains[parent].parent
    return found


def _cells(grain: str, frame: pl.DataFrame) -> Cells:
    """Cells in order of firm, place, filière and year; the region of a cell is that of its place."""
    rows = frame.with_columns(_year_due(grain).cast(pl.Int64).alias("year")).select(CELL)
    keys = rows.unique().sort(CELL).with_row_index("cell")
    code = rows.join(keys, on=CELL, how="left", maintain_order="left")["cell"].to_numpy().astype(np.int64)
    region = pl.col("place").replace_strict(_regions(), default=UNKNOWN_REGION, return_dtype=pl.Int64)
    return Cells(code, keys.drop("cell").with_columns(region.alias("region")))


def _year_due(grain: str) -> pl.Expr:
    """The year that an amount is told under: a hire's is that of its 18th month, whatever a reform makes of it."""
    if grain == "hire":
        return (pl.col("hired_month") + STABILITY_MONTHS - 1) // MONTHS_A_YEAR
    return pl.col("year")


def _regions() -> Mapping[int, int]:
    """The HCP number of the region of each place."""
    return {one.code: place(one.code).region for one in places()}


def as_documents(outcomes: list[Outcome]) -> dict[str, Any] | list[dict[str, Any]]:
    """One outcome as its document, several as a list."""
    documents = [outcome.as_json() for outcome in outcomes]
    return documents[0] if len(documents) == 1 else documents
