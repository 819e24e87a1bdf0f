"""The few words a rule's body needs beside operators; each works on columns and on plain values alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

import narwhals as nw


@dataclass(frozen=True, slots=True)
class Table:
    """A figure that depends on a code (a place, a filière): whole-number values by code, and one for all others."""

    entries: tuple[tuple[int, int], ...]
    default: int | None = None

    def get(self, code: int) -> int | None:
        """Value for `code`, the default when it has no entry of its own."""
        return dict(self.entries).get(code, self.default)


@dataclass(frozen=True, slots=True)
class Brackets:
    """A progressive scale: rates in basis points from each threshold (centimes a year) upward, ascending."""

    thresholds: tuple[int, ...]
    rates: tuple[int, ...]


def is_column(*values: Any) -> bool:
    """Whether any of the values is a column expression rather than a plain value."""
    return any(isinstance(value, nw.Expr) for value in values)


def where(condition: Any, then: Any, otherwise: Any) -> Any:
    """`then` where the condition holds, else `otherwise`."""
    if is_column(condition):
        return nw.when(condition).then(then).otherwise(otherwise)
    return then if condition else otherwise


def minimum(first: Any, second: Any) -> Any:
    """The lesser of two quantities of the same unit."""
    if is_column(first, second):
        return nw.when(first < second).then(first).otherwise(second)
    return min(first, second)


def maximum(first: Any, second: Any) -> Any:
    """The greater of two quantities of the same unit."""
    if is_column(first, second):
        return nw.when(first > second).then(first).otherwise(second)
    return max(first, second)


def positive(value: Any) -> Any:
    """The quantity where it is above zero, else zero."""
    return maximum(value, 0)


def all_of(*conditions: Any) -> Any:
    """True where every condition holds (true when there is none)."""
    return reduce(and_, conditions, True) if not is_column(*conditions) else reduce(and_, conditions)


def any_of(*conditions: Any) -> Any:
    """True where at least one condition holds (false when there is none)."""
    return reduce(or_, conditions, False) if not is_column(*conditions) else reduce(or_, conditions)


def negate(condition: Any) -> Any:
    """True where the condition does not hold (`~` on a plain bool would give -1 or -2)."""
    return ~condition if is_column(condition) else not condition


def lookup(code: Any, table: Table) -> Any:
    """The table's value for each code; one `when` per distinct value, as engines differ on dictionary replacement."""
    if not is_column(code):
        value = table.get(int(code))
        if value is None:
            message = f"no value for code {code} in the table (codes: {[c for c, _ in table.entries]})"
            raise KeyError(message)
        return value
    groups: dict[int, list[int]] = {}
    for key, value in table.entries:
        groups.setdefault(value, []).append(key)
    fallback = table.default if table.default is not None else max(groups, key=lambda value: len(groups[value]))
    expression: Any = fallback
    for value, codes in groups.items():
        if value != fallback:
            test = code == codes[0] if len(codes) == 1 else code.is_in(codes)
            expression = nw.when(test).then(nw.lit(value, dtype=nw.Int64)).otherwise(expression)
    return expression if is_column(expression) else nw.lit(fallback, dtype=nw.Int64)
