"""Amounts drawn as bars: numbers of thousandths only, colours come from classes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from minassa.vocabulary.rounding import Direction, divide

WIDTH: Final = 1_000
ROUNDING: Final = "minassa-default#echelle"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: its kind (a class of the sheet), where it starts and how wide it is, its centimes."""

    kind: str
    x: int
    width: int
    cents: int


def bar(parts: Iterable[tuple[str, int]], whole: int) -> tuple[Piece, ...]:
    """Parts laid end to end, `whole` centimes being the full width; what is zero is not drawn."""
    reached, start, pieces = 0, 0, []
    for kind, cents in parts:
        reached += cents
        end = min(divide(reached * WIDTH, whole, Direction.HALF_UP, ROUNDING), WIDTH) if whole else 0
        if end > start:
            pieces.append(Piece(kind, start, end - start, cents))
        start = max(end, start)
    return tuple(pieces)
