"""The seven-year path to 40 billion dirhams, read in one scope or the other, beside what that same scope measured."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Generic

from minassa.outlook.export.official import MILLION, Milestone, Point, TargetRead, kind_of, official
from minassa.outlook.export.scopes import ROUNDING, Scope, T, one_scope
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide
from minassa.vocabulary.statuses import Status

LINE: Final = Status.ASSUMED
"""No source says the pace between two milestones: a straight line is drawn."""


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """A year of the path: what it asks, what the same scope measured (None: nothing known), their difference."""

    year: int
    asked: T
    milestone: bool
    status: Status
    measured: T | None

    @property
    def gap(self) -> T | None:
        """Measured less asked: below zero, late."""
        return None if self.measured is None else self.measured - self.asked


@dataclass(frozen=True, slots=True)
class Path(Generic[T]):
    """A target read in a scope, year by year."""

    read: TargetRead
    steps: tuple[Step[T], ...]

    @property
    def scope(self) -> Scope:
        """The only scope of every number of the path."""
        return one_scope(step.asked.scope for step in self.steps)

    @property
    def pace(self) -> int:
        """Growth a year, in basis points, that leads from the start to the last milestone."""
        first, last = self.steps[0], self.steps[-1]
        yearly = math.pow(last.asked.cents / first.asked.cents, 1 / (last.year - first.year))
        return round((yearly - 1) * BASIS_POINTS)


def paths() -> tuple[TargetRead, ...]:
    """The readings of the target, the best founded first."""
    return official().targets


def path_of(read: TargetRead, measured: Iterable[Point[Any]]) -> Path[Any]:
    """The path of a reading beside yearly points of its own scope; MixedScopes for points of another one."""
    kind = kind_of(read.scope)
    known = list(measured)
    one_scope([read.scope, *(point.value.scope for point in known)])
    by_year: dict[int | None, Any] = {point.year: point.value for point in known if point.year}
    milestones = (read.start, *read.milestones)
    steps = [_step(kind, read.start.year, read.start.millions, read.start.status, by_year, milestone=True)]
    for before, after in pairwise(milestones):
        for year in range(before.year + 1, after.year + 1):
            there = year == after.year
            status = after.status if there else LINE
            steps.append(_step(kind, year, _between(before, after, year), status, by_year, milestone=there))
    return Path(read, tuple(steps))


def _between(before: Milestone, after: Milestone, year: int) -> int:
    rise = (after.millions - before.millions) * (year - before.year)
    return before.millions + divide(rise, after.year - before.year, Direction.HALF_UP, ROUNDING)


def _step(
    kind: type[Any], year: int, millions: int, status: Status, known: dict[int | None, Any], *, milestone: bool
) -> Step[Any]:
    return Step(year, kind(millions * MILLION), milestone, status, known.get(year))
