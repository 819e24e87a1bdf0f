"""Concentration and dependence: shares, the first of them, and the Herfindahl-Hirschman index, in whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from minassa.outlook.export.scopes import ROUNDING
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Concentration(Generic[Key]):
    """How a turnover is spread: `first` and its share in basis points, the index from 0 to 10,000, `parts` above zero.

    An index of 10,000 is a single part; ten equal parts give 1,000.
    """

    first: Key
    first_share: int
    index: int
    parts: int

    @property
    def equal_parts(self) -> int:
        """Tenths of the number of equal parts that would be as concentrated."""
        return divide(BASIS_POINTS * 10, self.index, Direction.HALF_UP, ROUNDING)


def concentration(cents: Mapping[Key, int]) -> Concentration[Key] | None:
    """The concentration of parts in centimes, at least 0; None when there is nothing. ValueError for a negative part.

    The index is exact before it is rounded: the sum of squares over the square of the sum.
    """
    if any(part < 0 for part in cents.values()):
        message = "a part of a turnover is at least zero"
        raise ValueError(message)
    known = {key: part for key, part in cents.items() if part}
    whole = sum(known.values())
    if not whole:
        return None
    # Of two equal parts the first in the order of their names: the same answer in every process.
    first = min(known, key=lambda key: (-known[key], str(key)))
    squares = sum(part * part for part in known.values())
    return Concentration(
        first=first,
        first_share=divide(known[first] * BASIS_POINTS, whole, Direction.HALF_UP, ROUNDING),
        index=divide(squares * BASIS_POINTS, whole * whole, Direction.HALF_UP, ROUNDING),
        parts=len(known),
    )
