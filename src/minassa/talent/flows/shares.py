"""Shares counted on few people, with the interval they may be in: Wilson's, which never leaves 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide

ROUNDING: Final = "minassa-default#places"
Z: Final = 1.959963984540054
"""Half-width of a 95 % interval, in standard errors of a normal law."""


@dataclass(frozen=True, slots=True)
class Counted:
    """So many of so many people, and their share with the bounds of its 95 % interval, in basis points."""

    number: int
    of: int
    low: int
    share: int
    high: int


def counted(number: int, of: int) -> Counted | None:
    """The share of some people among those observed; None when nobody is."""
    if not of:
        return None
    part, half = number / of, Z * Z / (2 * of)
    spread = Z * sqrt(part * (1 - part) / of + Z * Z / (4 * of * of))
    low, high = ((part + half + side * spread) / (1 + 2 * half) for side in (-1, 1))
    share = divide(number * BASIS_POINTS, of, Direction.HALF_UP, ROUNDING)
    bounds = (max(0, int(low * BASIS_POINTS)), min(BASIS_POINTS, int(high * BASIS_POINTS) + 1))
    return Counted(number, of, min(bounds[0], share), share, max(bounds[1], share))
