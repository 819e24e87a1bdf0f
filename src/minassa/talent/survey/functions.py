"""Values of expressions, how XPath turns one kind into another, and the functions that forms call."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

Single: TypeAlias = str | float | bool
Value: TypeAlias = Single | tuple[Single, ...]
"""A text, a number or a truth; or what all turns of a repeat answered."""


def text(value: Value) -> str:
    """A value as a text; whole numbers without a decimal point, several values with spaces between them."""
    if isinstance(value, tuple):
        return " ".join(text(one) for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return "NaN" if math.isnan(value) else str(int(value)) if value.is_integer() else repr(value)
    return value


def number(value: Value) -> float:
    """A value as a number; NaN, which compares as nothing does, for a text that is none."""
    if isinstance(value, tuple):
        return number(value[0]) if value else math.nan
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return math.nan
    return float(value)


def boolean(value: Value) -> bool:
    """A value as a truth: a text when it is not empty, a number when it is neither zero nor NaN."""
    if isinstance(value, float):
        return bool(value) and not math.isnan(value)
    return bool(value)


def compared(sign: str, left: Value, right: Value) -> bool:
    """A comparison: equality of texts unless one side is a number, order of numbers always."""
    if sign in {"=", "!="} and not any(isinstance(side, float) for side in (left, right)):
        same = boolean(left) == boolean(right) if isinstance(left, bool) or isinstance(right, bool) else None
        found = text(left) == text(right) if same is None else same
        return found if sign == "=" else not found
    one, other = _comparable(left), _comparable(right)
    table = {
        "=": one == other,
        "!=": one != other,
        "<": one < other,
        "<=": one <= other,
        ">": one > other,
        ">=": one >= other,
    }
    return table[sign]


def _comparable(value: Value) -> float:
    """A number; a date as the number of its digits, for dates are compared by their order."""
    found = number(value)
    if math.isnan(found) and isinstance(value, str) and value.count("-") == 2:  # noqa: PLR2004 (year-month-day)
        return number(value.replace("-", ""))
    return found


def _all(values: Sequence[Value]) -> list[Single]:
    found: list[Single] = []
    for value in values:
        found.extend(value if isinstance(value, tuple) else (value,))
    return found


def _sum(given: Sequence[Value]) -> Value:
    return math.fsum(found for one in _all(given) if not math.isnan(found := number(one)))


def _count(given: Sequence[Value]) -> Value:
    return float(sum(1 for one in _all(given) if text(one)))


def _first(given: Sequence[Value]) -> Value:
    return next((one for one in given if text(one)), "")


def _round(given: Sequence[Value]) -> Value:
    value, places = number(given[0]), number(given[1]) if len(given) > 1 else 0.0
    return value if math.isnan(value) or math.isnan(places) else float(round(value, int(places)))


def _int(given: Sequence[Value]) -> Value:
    value = number(given[0])
    return value if math.isnan(value) or math.isinf(value) else float(math.trunc(value))


@dataclass(frozen=True, slots=True)
class Function:
    """A function of forms: how many values it takes, and what it makes of them."""

    fewest: int
    most: int
    work: Callable[[Sequence[Value]], Value]


_MANY: Final = 20
FUNCTIONS: Final = {
    "selected": Function(2, 2, lambda given: text(given[1]) in text(given[0]).split()),
    "count-selected": Function(1, 1, lambda given: float(len(text(given[0]).split()))),
    "not": Function(1, 1, lambda given: not boolean(given[0])),
    "true": Function(0, 0, lambda _given: True),
    "false": Function(0, 0, lambda _given: False),
    "if": Function(3, 3, lambda given: given[1] if boolean(given[0]) else given[2]),
    "coalesce": Function(1, _MANY, _first),
    "string-length": Function(1, 1, lambda given: float(len(text(given[0])))),
    "number": Function(1, 1, lambda given: number(given[0])),
    "int": Function(1, 1, _int),
    "round": Function(1, 2, _round),
    "sum": Function(1, _MANY, _sum),
    "count": Function(1, _MANY, _count),
}
