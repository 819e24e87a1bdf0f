"""A release: the numbers of a run with what the control hides of them, beside the release before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from minassa.entitlements.runs import Run
from minassa.outlook.disclosure.parameters import Control, control
from minassa.outlook.disclosure.suppression import holds, suppressed
from minassa.outlook.disclosure.tables import ALL, Contribution, Filled, Key, Shape, filled
from minassa.outlook.disclosure.vintages import difference
from minassa.steering.releases.carrying import Carried, carried
from minassa.steering.releases.contributions import (
    CENTS,
    COUNTS,
    along,
    by_month,
    by_place,
    headcounts,
    jobs_of,
    money_of,
    new_since_base,
)
from minassa.steering.releases.shapes import NATION, jobs_shape, list_shape, money_shape, never_published

Contributions = Callable[[pl.DataFrame], Iterable[Contribution]]
UNTOLD_CELLS: Final = ("headcount", "new_jobs")
"""Tables of which the cells (a filière of a place) are told to nobody: only their sums are."""


@dataclass(frozen=True)
class Kept:
    """What a release rests on, kept for the next one: contributions by firm, as published, and what each table hid."""

    jobs: pl.DataFrame
    money: pl.DataFrame
    hidden: dict[str, frozenset[Key]] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """A table of a release: its numbers, and those that are not told."""

    table: Filled
    hidden: frozenset[Key]

    def value(self, row: str, column: str = "") -> int | None:
        """A number; None when it is not told."""
        return None if (row, column) in self.hidden else self.table.total((row, column))


@dataclass(frozen=True)
class Release:
    """The tables of a release, by name; `withheld` counts the blocks that stay as they were published before."""

    kept: Kept
    months: dict[int, Told]
    tables: dict[str, Told]
    withheld: int


def release(run: Run, former: Kept | None = None) -> Release:
    """What of a run may be published, after the release before it."""
    limits = control()
    before = former or Kept(jobs_of(run).clear(), money_of(run).clear())
    jobs = carried(jobs_of(run), before.jobs, ["month"], COUNTS, limits)
    money = carried(money_of(run), before.money, ["measure", "year"], CENTS, limits)
    making = Making(limits, before)
    months = making.months(jobs)
    amounts = making.amounts(money)
    tables = {
        "new_jobs": making.new_jobs(jobs.rows),
        **{f"national_{name}": making.flow(name, jobs.rows) for name in ("new_jobs", "leavers")},
        "money": amounts,
        **{
            f"{of}_{by}": making.listed(f"{of}_{by}", money.rows, by, of)
            for by, of in (("filiere", "due_cents"), ("status", "due_cents"), ("measure", "provisional_cents"))
        },
    }
    kept = Kept(jobs.rows, money.rows, making.hidden)
    return Release(kept, months, tables, len(jobs.withheld) + len(money.withheld))


class Making:
    """Tables made one after another under the same thresholds, after the same release."""

    def __init__(self, limits: Control, former: Kept) -> None:
        """Nothing is hidden yet but what the former release hid."""
        self.limits, self.former = limits, former
        self.hidden: dict[str, frozenset[Key]] = {}

    def months(self, jobs: Carried) -> dict[int, Told]:
        """Headcounts of every month under one pattern; a month whose change would need another stays as it was."""
        shape = jobs_shape()
        hidden = self._pattern("headcount", shape, _months_filled(shape, jobs.rows).values())
        for key in jobs.changed:
            now, before = (headcounts(rows.filter(pl.col("month") == key[0])) for rows in (jobs.rows, jobs.former))
            change = filled(shape, difference(now, before))
            if not holds(change, hidden, self.limits):
                jobs.withhold(key)
        made = _months_filled(shape, jobs.rows)
        self.hidden["headcount"] = self._pattern("headcount", shape, made.values(), hidden)
        return {month: Told(table, self.hidden["headcount"]) for month, table in made.items()}

    def amounts(self, money: Carried) -> Told:
        """Amounts due under one pattern that covers what changed too; a sum of the country is never hidden for that."""
        while True:
            shape = money_shape(money.rows)
            now = filled(shape, by_place(money.rows))
            level = self._pattern("money", shape, [now])
            whole = self._pattern("money", shape, [now, self._change(shape, money)], level)
            lost = {column for row, column in whole - level if row == NATION}
            late = [key for key in money.changed if f"{key[0]} {key[1]}" in lost or ALL in lost]
            if not late:
                self.hidden["money"] = whole
                return Told(now, whole)
            for key in late:
                money.withhold(key)

    def _change(self, shape: Shape, money: Carried) -> Filled:
        known = [one for one in by_place(money.former) if one.column in shape.columns]
        return filled(shape, difference(by_place(money.rows), known))

    def new_jobs(self, jobs: pl.DataFrame) -> Told:
        """New jobs since July 2025 at the last month."""
        return self._table("new_jobs", jobs_shape(), jobs, self.former.jobs, new_since_base)

    def flow(self, name: str, jobs: pl.DataFrame) -> Told:
        """A flow of the nation month by month, whose sum is told too."""
        shape = list_shape(f"m{month}" for month in jobs["month"].unique().sort())
        return self._table(f"national_{name}", shape, jobs, self.former.jobs, lambda rows: by_month(rows, name))

    def listed(self, name: str, money: pl.DataFrame, by: str, of: str) -> Told:
        """Amounts as a list whose sum is told."""
        shape = list_shape(f"{by} {key}" for key in money[by].unique().sort())
        return self._table(name, shape, money, self.former.money, lambda rows: along(rows, by, of))

    def _table(self, name: str, shape: Shape, rows: pl.DataFrame, old: pl.DataFrame, of: Contributions) -> Told:
        """One table, and what changed of it; it stays as it was when its sum would have to be hidden for that."""
        now = list(of(rows))
        before = [one for one in of(old) if one.row in shape.parents]
        told = filled(shape, now)
        level = self.hidden[name] = self._pattern(name, shape, [told])
        if before:
            change = filled(shape, difference(now, before))
            self.hidden[name] = self._pattern(name, shape, [told, change], level)
            if (NATION, ALL) in self.hidden[name] - level:
                told, self.hidden[name] = filled(shape, before), self._pattern(name, shape, [])
        return Told(told, self.hidden[name])

    def _pattern(
        self, name: str, shape: Shape, tables: Iterable[Filled], hidden: frozenset[Key] = frozenset()
    ) -> frozenset[Key]:
        known = {key for key in self.former.hidden.get(name, frozenset()) if key in shape.arcs} | hidden
        if name in UNTOLD_CELLS:
            known |= never_published(shape)
        return suppressed(list(tables), self.limits, known).hidden


def _months_filled(shape: Shape, jobs: pl.DataFrame) -> dict[int, Filled]:
    parts = jobs.partition_by("month", as_dict=True, maintain_order=True)
    return {int(str(month)): filled(shape, headcounts(rows)) for (month,), rows in parts.items()}
