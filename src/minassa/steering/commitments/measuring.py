"""The measured value of a commitment is that of the indicator it names, read when it is asked: nobody types it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

from minassa.commitments.public import Commitment
from minassa.entitlements.runs import Run
from minassa.outlook.targets import Scale
from minassa.registry.public import Actor, allowed
from minassa.steering.commitments.trajectory import Mark, Trajectory, trajectory_of
from minassa.steering.indicators.board import Board, board
from minassa.steering.indicators.catalogue import Catalogue, Frequency, Indicator
from minassa.steering.indicators.cube import MONTHS
from minassa.steering.indicators.reading import Filters, Point
from minassa.steering.public import latest_figures


class Standing(StrEnum):
    """Where a commitment stands, worked out of its measure and its path."""

    REACHED = "reached"
    ON_PATH = "on_path"
    BEHIND = "behind"
    NO_PATH = "no_path"
    """Measured, but no dated target or no base is known."""
    UNMEASURED = "unmeasured"
    """No indicator measures it, or it tells nothing yet."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A commitment with what its indicator says (`points`, oldest first) beside its path.

    `point` is the last whole period known, `expected` what the path asks for in that month. `withheld`: the reader may
    not see a value cut so fine.
    """

    commitment: Commitment
    indicator: Indicator | None
    points: tuple[Point, ...]
    path: Trajectory | None
    withheld: bool = False

    @property
    def point(self) -> Point | None:
        """The last whole period; a year that is not over is not held against a target of its end."""
        return self.points[-1] if self.points else None

    @property
    def expected(self) -> int | None:
        """What the path asks for in the month of `point`; None outside of the path."""
        return self.path.expected(self.point.period) if self.path and self.point else None

    @property
    def gap(self) -> int | None:
        """Measured less expected; None where either is unknown."""
        if self.point is None or self.point.value is None or self.expected is None:
            return None
        return self.point.value - self.expected

    @property
    def target(self) -> Mark | None:
        """The last month and value promised, at the size of the data."""
        return self.path.marks[-1] if self.path else None

    @property
    def standing(self) -> Standing:
        """Where it stands."""
        if self.point is None or self.point.value is None:
            return Standing.UNMEASURED
        if self.path is None or self.expected is None:
            return Standing.NO_PATH
        if self.path.keeps_up(self.point.value, self.path.marks[-1][1]):
            return Standing.REACHED
        return Standing.ON_PATH if self.path.keeps_up(self.point.value, self.expected) else Standing.BEHIND


def measured(
    actor: Actor, some: Iterable[Commitment], until: int | None = None, *, run: Run | None = None
) -> list[Measured]:
    """Commitments with what their indicators say to this reader, to the end of a month (the last known, unless told).

    `run`: one that is kept, in place of the latest.

    A value that is cut by filière, place or size is told to who reads indicators alone.
    """
    boards: dict[tuple[tuple[str, int], ...], Board | None] = {}
    scale = data_scale()
    found = []
    for one in some:
        key = tuple(sorted(one.filters.items()))
        if key not in boards:
            boards[key] = board(actor, Filters(**one.filters, until=until), run)
        found.append(_measured(actor, one, boards[key], scale))
    return found


def data_scale() -> Scale:
    """How many jobs of the data stand for how many of the country: one for one, but in an invented nation."""
    figures = latest_figures(settings.MINASSA_HOME)
    return Scale() if figures is None else Scale(figures["scale"]["jobs"], figures["scale"]["country"])


def _measured(actor: Actor, one: Commitment, found: Board | None, scale: Scale) -> Measured:
    indicator = Catalogue.all().get(one.indicator)
    withheld = bool(one.filters) and not allowed(actor, "indicator.view")
    if indicator is None or found is None or withheld:
        return Measured(one, indicator, (), trajectory_of(one, scale, None), withheld)
    points = tuple(point for point in found.points(indicator) if _whole(indicator, point))
    return Measured(one, indicator, points, trajectory_of(one, scale, _base(one, points)))


def _whole(indicator: Indicator, point: Point) -> bool:
    """Whether the period of a value is over: a year is by its December."""
    return indicator.frequency != Frequency.YEAR or point.period % MONTHS == MONTHS - 1


def _base(one: Commitment, points: tuple[Point, ...]) -> Mark | None:
    """What the indicator said by the month that the path starts from."""
    if one.since_month is None:
        return None
    before = [point for point in points if point.period <= one.since_month and point.value is not None]
    return (before[-1].period, before[-1].value or 0) if before else None
