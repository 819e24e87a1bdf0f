"""Curves of one scope: whatever is drawn on one axis is asked its scope first, and two scopes are refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from minassa.outlook.export.official import Point
from minassa.outlook.export.scopes import one_scope
from minassa.outlook.export.target_path import Path
from minassa.steering.indicators.catalogue import Unit
from minassa.vocabulary.periods import MONTHS_A_YEAR
from minassa.web.axes import Mark, axes
from minassa.web.indicators.drawing import MARGINS, NARROW, WIDE, Curve
from minassa.web.indicators.wording import short

SIZES: Final = {"wide": WIDE, "narrow": NARROW}


def curves_of(
    measured: Sequence[Point[Any]], paths: Iterable[Path[Any]] = (), *, right_to_left: bool
) -> list[tuple[str, Curve]]:
    """The yearly points of a scope with the paths of the same scope, wide and narrow; none without any point.

    MixedScopes when points or paths are of two scopes.
    """
    beside = list(paths)
    known = [point for point in measured if point.year]
    if not known:
        return []
    one_scope([*(point.value.scope for point in known), *(path.scope for path in beside)])
    line = [(_under(point.year or 0), point.value.cents) for point in known]
    asked = [(_under(step.year), step.asked.cents) for path in beside for step in path.steps]
    return [(name, _curve(line, asked, size, right_to_left=right_to_left)) for name, size in SIZES.items()]


def _curve(
    line: list[tuple[int, int]], asked: list[tuple[int, int]], size: tuple[int, int], *, right_to_left: bool
) -> Curve:
    months, values = zip(*line, *asked, strict=True)
    frame = axes(size, MARGINS, months, values, right_to_left=right_to_left)
    month, value = line[-1]
    return Curve(
        points=frame.points(line),
        last=Mark(frame.x(month), frame.y(value), _written(value)),
        grid=frame.grid(_written),
        years=frame.years(),
        zero=frame.y(0),
        frame=frame,
        beside=frame.points(asked),
    )


def _written(cents: int) -> str:
    return short(Unit.CENTS, cents)


def _under(year: int) -> int:
    """Where a year is drawn: under its own label, which stands at its January."""
    return year * MONTHS_A_YEAR
