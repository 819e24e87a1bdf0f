"""A commitment drawn as shapes for a template: its path from baseline to target, and what was measured on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from minassa.conventions.models import Measure
from minassa.conventions.public import CommitmentTerms
from minassa.vocabulary.periods import month_of, year_of
from minassa.vocabulary.rounding import Direction, divide

WIDTH, HEIGHT, SIDE, TOP, BOTTOM = 520, 150, 16, 14, 24
ROUNDING: Final = "minassa-default#echelle"


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the picture, and how the commitment stands there."""

    x: int
    y: int
    status: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A January on the line of time."""

    x: int
    year: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The path and the measures as SVG points, the marks of both, the years."""

    path: str
    seen: str
    points: tuple[Point, ...]
    target: Point
    years: tuple[Tick, ...]
    floor: int
    start: int
    end: int
    width: int = WIDTH
    height: int = HEIGHT


def picture(one: CommitmentTerms, measures: Sequence[Measure], *, right_to_left: bool) -> Picture:
    """The picture of a commitment; in Arabic, time runs from the right."""
    begins, ends = month_of(one.baseline_on), month_of(one.due_on)
    measured = [row for row in measures if row.value is not None]
    most = max(1, one.target, one.baseline, *(row.value or 0 for row in measured))

    def x(month: int) -> int:
        gone = divide(
            max(0, min(month, ends) - begins) * (WIDTH - 2 * SIDE), max(1, ends - begins), Direction.DOWN, ROUNDING
        )
        return WIDTH - SIDE - gone if right_to_left else SIDE + gone

    def y(value: int) -> int:
        return HEIGHT - BOTTOM - divide(max(0, value) * (HEIGHT - TOP - BOTTOM), most, Direction.DOWN, ROUNDING)

    points = tuple(Point(x(row.month), y(row.value or 0), str(row.status)) for row in measured)
    target = Point(x(ends), y(one.target))
    path = f"{x(begins)},{y(one.baseline)} {target.x},{target.y}"
    januaries = [month for month in range(begins + 1, ends + 1) if month % 12 == 0]
    return Picture(
        path=path,
        seen=" ".join(f"{point.x},{point.y}" for point in points),
        points=points,
        target=target,
        years=tuple(Tick(x(month), year_of(month)) for month in januaries),
        floor=HEIGHT - BOTTOM,
        start=SIDE,
        end=WIDTH - SIDE,
    )
