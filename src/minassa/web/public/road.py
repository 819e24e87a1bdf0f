"""The road to 130,000 drawn as shapes for a template: what is declared, what was promised, where it goes by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from minassa.outlook.projection.spread import COVERED
from minassa.vocabulary.periods import parse_month, year_of
from minassa.vocabulary.rounding import Direction, divide
from minassa.web.writing import count

WIDE: Final = (760, 330)
NARROW: Final = (340, 260)
"""Pixels across and down, for a page and for a phone."""
LEFT, RIGHT, TOP, BOTTOM = 62, 24, 30, 34
GAP: Final = 12
"""Between the labels of the jobs and their lines."""
FEW_YEARS: Final = 2
"""On a phone one year in so many is named."""
STEPS: Final = 4
ROUNDING: Final = "minassa-default#echelle"


@dataclass(frozen=True, slots=True)
class Mark:
    """A point with what is written beside it: a level of jobs, or a year."""

    x: int
    y: int
    jobs: int
    year: int
    status: str = ""

    @property
    def told(self) -> str:
        """The number of jobs as it is written."""
        return count(self.jobs)


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
    end: bool
    width: int
    height: int
    labels: int
    start: int
    stop: int


def road(figures: Mapping[str, Any], size: tuple[int, int] = WIDE, *, right_to_left: bool) -> Road:
    """The road of published figures; in Arabic, time runs from the right."""
    frame = _Frame(figures, size, right_to_left=right_to_left)
    seen = [frame.mark(row["month"], row["headcount"]) for row in figures["months"]]
    promised = [frame.mark(row["month"], row["jobs"], row["status"]) for row in figures["path"]]
    ahead = [frame.mark(row["month"], row["headcount"]) for row in figures["projection"]]
    return Road(
        seen=_points(seen),
        promised=_points(promised),
        projected=_points([seen[-1], *ahead]) if ahead else "",
        bands=tuple(frame.band(covered, seen[-1]) for covered in reversed(COVERED)) if _bounded(figures) else (),
        milestones=tuple(promised),
        last=seen[-1],
        grid=frame.grid(),
        years=frame.years(),
        end=right_to_left,
        width=frame.width,
        height=frame.height,
        labels=frame.width - LEFT + GAP if right_to_left else LEFT - GAP,
        start=RIGHT if right_to_left else LEFT,
        stop=frame.width - LEFT if right_to_left else frame.width - RIGHT,
    )


class _Frame:
    """Where months and jobs fall in the picture."""

    def __init__(self, figures: Mapping[str, Any], size: tuple[int, int], *, right_to_left: bool) -> None:
        self.width, self.height = size
        months = [parse_month(row["month"]) for row in (*figures["months"], *figures["path"])]
        self.ahead = figures["projection"]
        highest = [max(row["headcount"], row[f"high_{max(COVERED)}"] or 0) for row in self.ahead]
        jobs = [row["headcount"] for row in figures["months"]] + [row["jobs"] for row in figures["path"]] + highest
        self.first, self.last = min(months), max(months)
        self.step = round_step(max(jobs), STEPS)
        self.turned = right_to_left

    def mark(self, month: str, jobs: int, status: str = "") -> Mark:
        """The point of a number of jobs in a month."""
        index = parse_month(month)
        return Mark(self.x(index), self.y(jobs), jobs, year_of(index), status)

    def band(self, covered: int, start: Mark) -> str:
        """The outline between the bounds that cover so many per cent, from the last month seen on."""
        above = [self.mark(row["month"], row[f"high_{covered}"]) for row in self.ahead]
        below = [self.mark(row["month"], row[f"low_{covered}"]) for row in reversed(self.ahead)]
        return _points([start, *above, *below])

    def x(self, index: int) -> int:
        """Pixels from the left of a month."""
        across = self.width - LEFT - RIGHT
        gone = divide((index - self.first) * across, max(self.last - self.first, 1), Direction.HALF_UP, ROUNDING)
        return self.width - LEFT - gone if self.turned else LEFT + gone

    def y(self, jobs: int) -> int:
        """Pixels from the top of a number of jobs; the axis starts at zero."""
        up = self.height - TOP - BOTTOM
        return self.height - BOTTOM - divide(jobs * up, self.step * STEPS, Direction.HALF_UP, ROUNDING)

    def grid(self) -> tuple[Mark, ...]:
        """Lines of round numbers of jobs."""
        edge = self.width - LEFT if self.turned else LEFT
        return tuple(Mark(edge, self.y(rank * self.step), rank * self.step, 0) for rank in range(STEPS + 1))

    def years(self) -> tuple[Mark, ...]:
        """The Januaries."""
        every = 1 if self.width >= WIDE[0] else FEW_YEARS
        januaries = [index for index in range(self.first, self.last + 1) if index % (12 * every) == 0]
        return tuple(Mark(self.x(index), self.height - BOTTOM, 0, year_of(index)) for index in januaries)


def _bounded(figures: Mapping[str, Any]) -> bool:
    """Whether the projection has bounds: a short history gives none."""
    return bool(figures["projection"]) and figures["projection"][0][f"low_{COVERED[0]}"] is not None


def round_step(highest: int, steps: int) -> int:
    """A round number, of one or two figures and zeros, of which `steps` pass the highest."""
    least = divide(max(highest, steps), steps, Direction.UP, ROUNDING)
    power = int("1" + "0" * max(len(str(least)) - 2, 0))
    return divide(least, power, Direction.UP, ROUNDING) * power


def _points(marks: Sequence[Mark]) -> str:
    return " ".join(f"{mark.x},{mark.y}" for mark in marks)
