"""Estimates drawn as bars with their intervals, as shapes for a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH, ROW, BAR, VALUES = 640, 40, 12, 96
_ROOM: Final = WIDTH - VALUES


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its words, where it begins, how long it is, its interval, where its number stands."""

    name: str
    shown: str
    y: int
    x: int
    length: int
    low: int
    high: int
    name_x: int
    value_x: int


@dataclass(frozen=True, slots=True)
class Bars:
    """All bars, and the size of the picture."""

    rows: tuple[Bar, ...]
    height: int
    width: int = WIDTH
    thick: int = BAR


def bars(values: Sequence[tuple[str, float, float, float, str]], *, right_to_left: bool) -> Bars:
    """Bars of (name, value, low, high, words), on one scale; in Arabic they grow from the right."""
    most = max(max(high, value) for _name, value, _low, high, _words in values) or 1.0

    def along(number: float) -> int:
        return round(min(number, most) / most * _ROOM)

    rows = []
    for at, (name, value, low, high, words) in enumerate(values):
        long = along(value)
        start = WIDTH - long if right_to_left else 0
        ends = [WIDTH - along(one) if right_to_left else along(one) for one in (low, high)]
        after = along(max(high, value)) + 8
        rows.append(
            Bar(
                name=name,
                shown=words,
                y=at * ROW + 20,
                x=start,
                length=long,
                low=ends[0],
                high=ends[1],
                name_x=WIDTH if right_to_left else 0,
                value_x=WIDTH - after if right_to_left else after,
            )
        )
    return Bars(tuple(rows), ROW * len(rows) + 4)
