"""The curve of an indicator as shapes for a template: zero is always in sight, time runs from the right in Arabic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from minassa.steering.indicators.reading import Point
from minassa.vocabulary.periods import year_of
from minassa.vocabulary.rounding import Direction, divide
from minassa.web.public.road import round_step

WIDE: Final = (760, 300)
NARROW: Final = (340, 240)
LEFT, RIGHT, TOP, BOTTOM = 78, 24, 28, 34
STEPS: Final = 4
ROUNDING: Final = "minassa-default#echelle"


@dataclass(frozen=True, slots=True)
class Mark:
    """A point with what is written beside it."""

    x: int
    y: int
    told: str


@dataclass(frozen=True, slots=True)
class Curve:
    """The line as SVG points, its last point, the gridlines, the years, and where things stand."""

    points: str
    last: Mark
    grid: tuple[Mark, ...]
    years: tuple[Mark, ...]
    zero: int
    width: int
    height: int
    labels: int
    start: int
    stop: int
    end: bool


def curve(
    points: Sequence[Point], written: Callable[[int], str], size: tuple[int, int], *, right_to_left: bool
) -> Curve | None:
    """The curve of the known values; None for fewer than two, which make no line."""
    known = [(one.period, one.value) for one in points if one.value is not None]
    if len(known) < 2:  # noqa: PLR2004 (one point makes no line)
        return None
    width, height = size
    low, high = min(0, *(value for _at, value in known)), max(1, *(value for _at, value in known))
    step = round_step(high - low, STEPS)
    floor = -divide(-low, step, Direction.UP, ROUNDING) * step
    steps = max(1, divide(high - floor, step, Direction.UP, ROUNDING))
    first, last = known[0][0], known[-1][0]

    def x(period: int) -> int:
        gone = divide((period - first) * (width - LEFT - RIGHT), max(1, last - first), Direction.HALF_UP, ROUNDING)
        return width - LEFT - gone if right_to_left else LEFT + gone

    def y(value: int) -> int:
        up = divide((value - floor) * (height - TOP - BOTTOM), step * steps, Direction.HALF_UP, ROUNDING)
        return height - BOTTOM - up

    marks = [Mark(x(period), y(value), written(value)) for period, value in known]
    levels = [floor + rank * step for rank in range(steps + 1)]
    return Curve(
        points=" ".join(f"{one.x},{one.y}" for one in marks),
        last=marks[-1],
        grid=tuple(Mark(0, y(level), written(level)) for level in levels),
        years=tuple(Mark(x(month), height - BOTTOM, str(year_of(month))) for month in _januaries(first, last)),
        zero=y(0),
        width=width,
        height=height,
        labels=width - LEFT + 10 if right_to_left else LEFT - 10,
        start=RIGHT if right_to_left else LEFT,
        stop=width - LEFT if right_to_left else width - RIGHT,
        end=right_to_left,
    )


def spark(points: Sequence[Point], size: tuple[int, int] = (132, 34)) -> str:
    """A small line of a series, without axis: only its shape; empty for fewer than two points."""
    values = [one.value for one in points if one.value is not None]
    if len(values) < 2:  # noqa: PLR2004 (one point makes no line)
        return ""
    width, height = size
    low, spread, steps = min(values), max(max(values) - min(values), 1), len(values) - 1
    return " ".join(
        f"{3 + divide(rank * (width - 6), steps, Direction.HALF_UP, ROUNDING)},"
        f"{height - 3 - divide((value - low) * (height - 6), spread, Direction.HALF_UP, ROUNDING)}"
        for rank, value in enumerate(values)
    )


def _januaries(first: int, last: int) -> list[int]:
    return [month for month in range(first, last + 1) if month % 12 == 0]
