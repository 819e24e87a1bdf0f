"""Amounts in whole centimes: each named step of a computation is rounded, as a payslip shows it."""

from __future__ import annotations

from typing import Any

from minassa.vocabulary.periods import MONTHS_A_YEAR
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide

ROUNDING = "minassa-default#arrondi"
"""No text seen says how an amount is rounded: each named step to the nearest centime, the half upward."""


def nearest(numerator: Any, denominator: Any) -> Any:
    """A quotient to the nearest centime, the half upward; both at least 0, the denominator at least 1."""
    return divide(numerator, denominator, Direction.HALF_UP, ROUNDING)


def at_rate(rate: Any, amount: Any) -> Any:
    """A rate in basis points of an amount of at least 0, to the nearest centime."""
    return nearest(rate * amount, BASIS_POINTS)


def for_months(yearly: Any, months: Any) -> Any:
    """The part of a yearly amount that falls on some months of the year, to the nearest centime."""
    return nearest(yearly * months, MONTHS_A_YEAR)
