"""A reform tried on every declaration of a run: what it costs, who gains and who loses."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

import numpy as np
import polars as pl

from minassa.engine import Offer, Reform, Warm, reform
from minassa.entitlements.amounts import grain_of
from minassa.entitlements.computation import inputs_of, spans
from minassa.entitlements.runs import Run
from minassa.outlook.cells import Column, cells_of
from minassa.outlook.costs import Staffing, YearCost, costs, staffing, whole_since, years_told
from minassa.outlook.outcome import Moved, Outcome, Part, aggregated
from minassa.outlook.response import Payroll
from minassa.outlook.waived import EXPECTED
from minassa.vocabulary.periods import MONTHS_A_YEAR, month_index

KEPT: Final = 128
"""Outcomes that are kept: aggregates, some hundred kilobytes each."""
LEVEL: Final = "qualification"
"""The column of a run that says the level of a post, where its rows are posts."""


class Trial:
    """A run kept warm: the offer evaluated once with every rule; a reform computes again only what it changes."""

    def __init__(self, offer: Offer, run: Run) -> None:
        """Load the rows of the run and evaluate its offer. `offer` must be the run's own."""
        self.offer, self.run = offer, run
        self._known: dict[str, Outcome] = {}
        self._lock = threading.Lock()
        self.grains = {measure: grain_of(offer, measure) for measure in offer.measures}
        self.forecasts = {m: f"{m}{EXPECTED}" for m in self.grains if f"{m}{EXPECTED}" in _rules(offer)}
        self.wanted = {self.grains[measure]: [name] for measure, name in self.forecasts.items()}
        needed = _with_parents(offer, set(self.grains.values()))
        frames = {grain: _rows(run, offer, grain) for grain in sorted(needed)}
        self.warm = Warm(offer, {grain: frame.lazy() for grain, frame in frames.items()}, spans(offer, frames))
        held = {grain: self.warm.frames[grain] for grain in sorted(set(self.grains.values()))}
        self.cells, self.values = cells_of(run, held)
        self.base = {measure: _column(held[grain], f"{measure}_amount") for measure, grain in self.grains.items()}
        self.base_sums = {m: self.cells[self.grains[m]].added(None, amounts) for m, amounts in self.base.items()}
        self.base_forecast = {m: _column(held[self.grains[m]], name) for m, name in self.forecasts.items()}

    def outcome(self, patch: Reform) -> Outcome:
        """What the reform changes, by measure and along every axis. InvalidReform when it cannot apply.

        The last ones are kept by what they change, whatever their name.
        """
        changes = patch.entry.model_dump_json(exclude={"name", "description"})
        with self._lock:
            known = self._known.get(changes)
        if known is None:
            known = self._tried(patch)
            with self._lock:
                self._known[changes] = known
                while len(self._known) > KEPT:
                    self._known.pop(next(iter(self._known)))
        return replace(known, name=patch.name, description=patch.entry.description)

    def _tried(self, patch: Reform) -> Outcome:
        changed = self.warm.tried(reform(self.offer, patch), self.wanted)
        parts = {measure: self._part(measure, changed[self.grains[measure]]) for measure in self.grains}
        return aggregated(patch.name, patch.entry.description, parts, self.values)

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

    @cached_property
    def staffing(self) -> Mapping[int, Staffing]:
        """Mean headcounts of each year of the programme: known, then projected with their band."""
        return staffing(self.run.table("firm_month"))

    @cached_property
    def since(self) -> Mapping[str, int]:
        """The first whole year of each measure."""
        return {measure: whole_since(self.offer, measure, grain) for measure, grain in self.grains.items()}

    def costs(self, outcome: Outcome) -> list[YearCost]:
        """What an outcome costs each year until 2030, with its interval."""
        return costs(outcome, self.staffing, self.run.until, self.since)

    def years_told(self, outcome: Outcome) -> Mapping[str, list[int]]:
        """By measure, the whole years that the next ones are prolonged from."""
        return years_told(outcome, self.staffing, self.run.until, self.since)

    def _part(self, measure: str, changed: pl.DataFrame) -> Part:
        """What the reform changes in one measure."""
        cells, before = self.cells[self.grains[measure]], self.base_sums[measure]
        name, moved = f"{measure}_amount", None
        if name in changed.columns:
            difference = _column(changed, name) - self.base[measure]
            rows = np.flatnonzero(difference)
            if len(rows):
                moved = _moved(difference, rows, cells.added)
        return Part(cells, before, moved, self._expected(measure, changed))

    def _expected(self, measure: str, changed: pl.DataFrame) -> Mapping[int, tuple[int, int]]:
        """By year, what the measure's own forecast gives today and under the reform."""
        if measure not in self.forecasts:
            return {}
        before, name = self.base_forecast[measure], self.forecasts[measure]
        after = _column(changed, name) if name in changed.columns else before
        cells, years = self.cells[self.grains[measure]], self.values["year"]
        sums = [cells.along("year", cells.added(None, column), len(years)) for column in (before, after)]
        return {int(year): (int(now), int(then)) for year, now, then in zip(years, *sums, strict=True)}


def _moved(difference: Column, rows: Column, added: Any) -> Moved:  # noqa: ANN401 (a method of the cells)
    more, less = rows[difference[rows] > 0], rows[difference[rows] < 0]
    return Moved(added(more, difference[more]), added(less, -difference[less]), added(more, None), added(less, None))


def _rows(run: Run, offer: Offer, grain: str) -> pl.DataFrame:
    """The rows of a grain as rules read them, and the level of the post where a row is one."""
    table = run.table(grain).collect()
    rows = inputs_of(offer, grain, table)
    told = LEVEL in table.columns and LEVEL not in rows.columns
    return rows.with_columns(table[LEVEL].cast(pl.Int64).fill_null(0)) if told else rows


def _rules(offer: Offer) -> frozenset[str]:
    return frozenset(rule.name for rule in offer.rules)


def _column(frame: pl.DataFrame, name: str) -> Column:
    """A column of amounts, row by row; none where its measure is not in force."""
    if name not in frame.columns:
        return np.zeros(frame.height, dtype=np.int64)
    amounts: Column = frame[name].fill_null(0).to_numpy()
    return amounts


def _with_parents(offer: Offer, grains: set[str]) -> set[str]:
    found = set(grains)
    for grain in grains:
        parent = offer.grains[grain].parent
        while parent is not None:
            found.add(parent)
            parent = offer.grains[parent].parent
    return found


def as_documents(outcomes: list[Outcome]) -> dict[str, Any] | list[dict[str, Any]]:
    """One outcome as its document, several as a list."""
    documents = [outcome.as_json() for outcome in outcomes]
    return documents[0] if len(documents) == 1 else documents
