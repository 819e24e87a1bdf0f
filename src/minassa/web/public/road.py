"""The road to 130,000 drawn as shapes for a template: what is declared, what was promised, where it goes by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from minassa.outlook.projection.spread import COVERED
from minassa.vocabulary.periods import parse_month
from minassa.web.axes import Axes, Margins, Mark, axes
from minassa.web.writing import count

WIDE: Final = (760, 330)
NARROW: Final = (340, 260)
"""Pixels across and down, for a page and for a phone."""
MARGINS: Final = Margins(left=62, right=24, top=30, bottom=34, gap=12)


@dataclass(frozen=True, slots=True)
class Road:
    """Lines as SVG points, the promised levels, the last month seen, the gridlines, the years.

    `projected` starts at the last month seen; `bands`: the outlines between the bounds, the widest first. Both are
    empty when nothing is projected.
    """

    seen: str
    promised: str
    projected: str
    bands: tuple[str, ...]
    milestones: tuple[Mark, ...]
    last: Mark
    grid: tuple[Mark, ...]
    years: tuple[Mark, ...]
    frame: Axes


def road(figures: Mapping[str, Any], size: tuple[int, int] = WIDE, *, right_to_left: bool) -> Road:
    """The road of published figures; in Arabic, time runs from the right."""
    seen = _line(figures["months"], "headcount")
    promised = _line(figures["path"], "jobs")
    ahead = _line(figures["projection"], "headcount")
    highest = [row[f"high_{max(COVERED)}"] or 0 for row in figures["projection"]]
    months, jobs = zip(*seen, *promised, *ahead, strict=True)
    frame = axes(size, MARGINS, months, [*jobs, *highest], right_to_left=right_to_left)
    return Road(
        seen=frame.points(seen),
        promised=frame.points(promised),
        projected=frame.points([seen[-1], *ahead]) if ahead else "",
        bands=tuple(_band(frame, figures, covered) for covered in reversed(COVERED)) if _bounded(figures) else (),
        milestones=tuple(_mark(frame, *one) for one in promised),
        last=_mark(frame, *seen[-1]),
        grid=frame.grid(count),
        years=frame.years(),
        frame=frame,
    )


def _line(rows: list[dict[str, Any]], of: str) -> list[tuple[int, int]]:
    return [(parse_month(row["month"]), row[of]) for row in rows]


def _mark(frame: Axes, month: int, jobs: int) -> Mark:
    return Mark(frame.x(month), frame.y(jobs), count(jobs))


def _band(frame: Axes, figures: Mapping[str, Any], covered: int) -> str:
    """The outline between the bounds that cover so many per cent, from the last month seen on."""
    above = _line(figures["projection"], f"high_{covered}")
    below = _line(list(reversed(figures["projection"])), f"low_{covered}")
    return frame.points([_line(figures["months"], "headcount")[-1], *above, *below])


def _bounded(figures: Mapping[str, Any]) -> bool:
    """Whether the projection has bounds: a short history gives none."""
    return bool(figures["projection"]) and figures["projection"][0][f"low_{COVERED[0]}"] is not None
