"""Stacked bars by year, drawn as shapes for a template: numbers only, colours come from classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from minassa.vocabulary.rounding import Direction, divide
from minassa.web.estimate.results import MEASURES, YEARS, AtPlace
from minassa.web.writing import count

WIDTH, HEIGHT = 330, 210
TOP, BOTTOM, SIDE = 22, 26, 6
BAR: Final = 34
ROUNDING: Final = "minassa-default#echelle"
"""Shapes are drawn to the pixel."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: its measure, and its rectangle in pixels."""

    measure: str
    x: int
    y: int
    width: int
    height: int
    cents: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A year: its parts, where its labels stand, its sum in centimes."""

    year: int
    pieces: tuple[Piece, ...]
    middle: int
    top: int
    cents: int

    @property
    def short(self) -> str:
        """The sum in thousands of dirhams, to the nearest."""
        return count(divide(self.cents, 100_000, Direction.HALF_UP, ROUNDING))


def bars(at: AtPlace, highest: int, *, right_to_left: bool) -> tuple[Bar, ...]:
    """The bars of a place, `highest` centimes being the full height; in Arabic, years run from the right."""
    step = (WIDTH - 2 * SIDE) // len(YEARS)
    order: Sequence[int] = range(len(YEARS) - 1, -1, -1) if right_to_left else range(len(YEARS))
    return tuple(_bar(at, rank, SIDE + slot * step + step // 2, highest) for slot, rank in enumerate(order))


def _bar(at: AtPlace, rank: int, middle: int, highest: int) -> Bar:
    full = HEIGHT - TOP - BOTTOM
    reached, floor = 0, HEIGHT - BOTTOM
    pieces = []
    for measure in MEASURES:
        cents = next(one.by_year[rank] for one in at.measures if one.measure == measure)
        reached += cents
        y = HEIGHT - BOTTOM - (divide(reached * full, highest, Direction.HALF_UP, ROUNDING) if highest else 0)
        if floor > y:
            pieces.append(Piece(measure, middle - BAR // 2, y, BAR, floor - y, cents))
        floor = y
    return Bar(YEARS[rank], tuple(pieces), middle, floor - 6, reached)


def highest_of(places: Sequence[AtPlace]) -> int:
    """The highest year of all places, in centimes: bars of one page share their scale."""
    return max((max(at.by_year) for at in places), default=0)
