"""The curve of an indicator as shapes for a template: zero is always in sight, time runs from the right in Arabic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from minassa.steering.indicators.reading import Point
from minassa.vocabulary.rounding import Direction, divide
from minassa.web.axes import ROUNDING, Axes, Margins, Mark, axes

WIDE: Final = (760, 300)
NARROW: Final = (340, 240)
MARGINS: Final = Margins(left=78, right=24, top=28, bottom=34, gap=10)


@dataclass(frozen=True, slots=True)
class Curve:
    """The line as SVG points, its last point, the gridlines, the years, where zero stands; `beside`: another line."""

    points: str
    last: Mark
    grid: tuple[Mark, ...]
    years: tuple[Mark, ...]
    zero: int
    frame: Axes
    beside: str = ""


def curve(
    points: Sequence[Point],
    written: Callable[[int], str],
    size: tuple[int, int],
    *,
    right_to_left: bool,
    beside: Sequence[tuple[int, int]] = (),
) -> Curve | None:
    """The curve of the known values; None for fewer than two, which make no line.

    `beside`: months and numbers of a line drawn in the same axes (a path), empty for none.
    """
    known = [(one.period, one.value) for one in points if one.value is not None]
    if len(known) < 2:  # noqa: PLR2004 (one point makes no line)
        return None
    months, values = zip(*known, *beside, strict=True)
    frame = axes(size, MARGINS, months, values, right_to_left=right_to_left)
    month, value = known[-1]
    return Curve(
        points=frame.points(known),
        last=Mark(frame.x(month), frame.y(value), written(value)),
        grid=frame.grid(written),
        years=frame.years(),
        zero=frame.y(0),
        frame=frame,
        beside=frame.points(beside),
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
