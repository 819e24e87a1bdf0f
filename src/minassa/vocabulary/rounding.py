"""The only place where an amount is rounded.

A rule says how it rounds and which article tells so. The same arithmetic, made of `+` and `//` on whole numbers,
runs on Python ints, numpy arrays and narwhals expressions, so every engine gives the same centime.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import Any, Protocol, TypeVar

import numpy as np


class Direction(StrEnum):
    """Which way a division that does not fall on a whole number goes."""

    HALF_UP = "half_up"
    DOWN = "down"
    UP = "up"


class WholeNumbers(Protocol):
    """What is needed of a quantity to divide it, or to divide by it: `+`, `-` and `//` with an int or its like."""

    def __add__(self, other: Any, /) -> Any: ...  # noqa: ANN401
    def __sub__(self, other: Any, /) -> Any: ...  # noqa: ANN401
    def __floordiv__(self, other: Any, /) -> Any: ...  # noqa: ANN401


Quantity = TypeVar("Quantity", bound=WholeNumbers)


def divide(numerator: Quantity, denominator: int | WholeNumbers, direction: Direction, article: str) -> Quantity:
    """Divide whole numbers, rounding in the direction that `article` prescribes (`text-id#article`).

    The denominator may be a column too, such as a turnover. The numerator must be at least 0, since engines disagree
    on `//` of negative numbers, and the denominator at least 1: Python ints and numpy arrays (int64) are checked, for
    an expression it is up to the rule. Their sum must fit in 64 bits. Raises ValueError when a bound is passed, for a
    missing article or an unknown direction, TypeError for anything but whole numbers.
    """
    _check(numerator, denominator, article)
    direction = Direction(direction)  # a bare word read from a file must not fall through to rounding down
    if direction is Direction.HALF_UP:
        # For an odd denominator there is no tie, so the same shift by the lower half is exact.
        numerator = numerator + denominator // 2
    elif direction is Direction.UP:
        numerator = numerator + (denominator - 1)
    quotient: Quantity = numerator // denominator
    return quotient


def _check(numerator: object, denominator: object, article: str) -> None:
    for quantity in (numerator, denominator):
        if isinstance(quantity, float | np.floating):
            message = "On ne divise que des nombres entiers."
            raise TypeError(message)
        if isinstance(quantity, np.ndarray) and quantity.dtype != np.int64:
            message = f"Un tableau de montants est en int64, pas en {quantity.dtype}."
            raise TypeError(message)
    if _goes_below(denominator, 1) or not article:
        message = "Une division a un dénominateur d'au moins 1 et cite l'article qui fixe l'arrondi."
        raise ValueError(message)
    if _goes_below(numerator, 0):
        message = "On n'arrondit que des quantités positives ou nulles : changez le signe après la division."
        raise ValueError(message)


def _goes_below(quantity: object, bound: int) -> bool:
    if isinstance(quantity, int):  # numpy takes forty times longer to compare one plain number
        return quantity < bound
    return isinstance(quantity, np.integer | np.ndarray) and bool(np.any(np.less(quantity, bound)))


def allocate(total: int, weights: Sequence[int]) -> list[int]:
    """Split a whole total in proportion to whole weights: parts of at least 0 whose sum is exactly the total.

    Each part is the difference of two running totals rounded down, so a weight of 0 gets 0 and no part is more than
    1 away from its exact share. Raises ValueError for a negative total or weight, or when a total above 0 meets no
    weight.
    """
    if total < 0 or any(weight < 0 for weight in weights):
        message = "On ne répartit qu'un total positif ou nul, selon des poids positifs ou nuls."
        raise ValueError(message)
    whole = sum(weights)
    if whole == 0:
        if total:
            message = "Aucun poids : le total ne peut pas être réparti."
            raise ValueError(message)
        return [0] * len(weights)
    running = [total * reached // whole for reached in accumulate(weights, initial=0)]
    return [after - before for before, after in pairwise(running)]
