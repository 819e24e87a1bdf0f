"""The axes of a chart of months: where a month and a number fall, round gridlines, Januaries; Arabic turns time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from minassa.vocabulary.periods import year_of
from minassa.vocabulary.rounding import Direction, divide

STEPS: Final = 4
FEW_YEARS: Final = 2
"""On a phone one year in so many is named."""
PHONE: Final = 400
"""Pixels across under which a chart is one of a phone."""
YEARS_OF_A_PHONE: Final = 6
"""Years that a phone can name one by one."""
MONTHS: Final = 12
ROUNDING: Final = "minassa-default#echelle"


@dataclass(frozen=True, slots=True)
class Mark:
    """A point with what is written beside it."""

    x: int
    y: int
    told: str


@dataclass(frozen=True, slots=True)
class Margins:
    """Pixels kept around: `left` holds the numbers (the right in Arabic), `gap` parts them from the lines."""

    left: int
    right: int
    top: int
    bottom: int
    gap: int


@dataclass(frozen=True, slots=True)
class Axes:
    """The frame of a chart in pixels: months (indexes) `first` to `last`, numbers from `floor` by `steps` of `step`."""

    width: int
    height: int
    margins: Margins
    first: int
    last: int
    floor: int
    step: int
    steps: int
    turned: bool

    def x(self, month: int) -> int:
        """Pixels from the left of a month."""
        across = self.width - self.margins.left - self.margins.right
        gone = divide((month - self.first) * across, max(self.last - self.first, 1), Direction.HALF_UP, ROUNDING)
        return self.width - self.margins.left - gone if self.turned else self.margins.left + gone

    def y(self, value: int) -> int:
        """Pixels from the top of a number."""
        up = self.height - self.margins.top - self.margins.bottom
        gone = divide((value - self.floor) * up, self.step * self.steps, Direction.HALF_UP, ROUNDING)
        return self.height - self.margins.bottom - gone

    def points(self, values: Iterable[tuple[int, int]]) -> str:
        """A line through numbers of months, as the points of an SVG."""
        return " ".join(f"{self.x(month)},{self.y(value)}" for month, value in values)

    def grid(self, written: Callable[[int], str]) -> tuple[Mark, ...]:
        """Lines of round numbers."""
        levels = (self.floor + rank * self.step for rank in range(self.steps + 1))
        return tuple(Mark(0, self.y(level), written(level)) for level in levels)

    def years(self) -> tuple[Mark, ...]:
        """The Januaries, as many as there is room for."""
        crowded = self.width < PHONE and self.last - self.first > YEARS_OF_A_PHONE * MONTHS
        every = MONTHS * (FEW_YEARS if crowded else 1)
        januaries = (month for month in range(self.first, self.last + 1) if month % every == 0)
        return tuple(Mark(self.x(month), self.height - self.margins.bottom, str(year_of(month))) for month in januaries)

    @property
    def labels(self) -> int:
        """Where the numbers of the gridlines are written."""
        inner = self.margins.left - self.margins.gap
        return self.width - inner if self.turned else inner

    @property
    def start(self) -> int:
        """Where gridlines begin."""
        return self.margins.right if self.turned else self.margins.left

    @property
    def stop(self) -> int:
        """Where gridlines end."""
        return self.width - (self.margins.left if self.turned else self.margins.right)


def axes(
    size: tuple[int, int], margins: Margins, months: Iterable[int], values: Iterable[int], *, right_to_left: bool
) -> Axes:
    """The axes that hold some months and numbers, zero always in sight; ValueError for none."""
    times, numbers = list(months), list(values)
    low, high = min(0, *numbers, 0), max(1, *numbers, 1)
    step = round_step(high - low, STEPS)
    floor = -divide(-low, step, Direction.UP, ROUNDING) * step
    steps = max(1, divide(high - floor, step, Direction.UP, ROUNDING))
    return Axes(*size, margins, min(times), max(times), floor, step, steps, right_to_left)


def round_step(highest: int, steps: int) -> int:
    """A round number, of one or two figures and zeros, of which `steps` pass the highest."""
    least = divide(max(highest, steps), steps, Direction.UP, ROUNDING)
    power = int("1" + "0" * max(len(str(least)) - 2, 0))
    return divide(least, power, Direction.UP, ROUNDING) * power
