"""The few words a rule's body needs beside operators; each works on columns and on plain values alike.

A whole number written in a rule is 64 bits wide here, whatever the engine would have chosen for it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import and_, or_
from typing import Any

import narwhals as nw


@dataclass(frozen=True, slots=True)
class Table:
    """A figure that depends on a code (a place, a filière): whole-number values by code, `default` for all others."""

    entries: tuple[tuple[int, int], ...]
    default: int

    def get(self, code: int) -> int:
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


def as_column(value: Any) -> nw.Expr:
    """A plain value as a column (whole numbers of 64 bits, so that engines agree); a column as it is."""
    if isinstance(value, nw.Expr):
        return value
    return nw.lit(value) if isinstance(value, bool) else nw.lit(value, dtype=nw.Int64())


def where(condition: Any, then: Any, otherwise: Any) -> Any:
    """The quantity `then` where the condition holds, else the quantity `otherwise`; TypeError for conditions.

    Between two conditions, write `(test & one) | (negate(test) & other)`.
    """
    if isinstance(then, bool) or isinstance(otherwise, bool):
        raise TypeError("where choisit entre deux quantités ; entre deux conditions, écrivez-le avec & et |.")
    if not is_column(condition):
        return then if condition else otherwise
    if _slow_in_a_branch(then) or _slow_in_a_branch(otherwise):
        return as_column(otherwise) + condition.cast(nw.Int64()) * (as_column(then) - as_column(otherwise))
    return nw.when(condition).then(as_column(then)).otherwise(as_column(otherwise))


def _slow_in_a_branch(value: Any) -> bool:
    """Whether a branch holds a minimum or a maximum.

    Polars (from 2.1, its change 28498) puts nulls in the rows that a branch does not concern before it evaluates the
    branch, and a minimum over nulls takes eight times longer. The sum written instead gives the same whole numbers.
    """
    text = repr(value) if is_column(value) else ""
    return "min_horizontal(" in text or "max_horizontal(" in text


def minimum(first: Any, second: Any) -> Any:
    """The lesser of two quantities of the same unit."""
    if is_column(first, second):
        # Measured: half the time of `when(first < second)`, and each side is written once.
        return nw.min_horizontal(as_column(first), as_column(second))
    return min(first, second)


def maximum(first: Any, second: Any) -> Any:
    """The greater of two quantities of the same unit."""
    if is_column(first, second):
        return nw.max_horizontal(as_column(first), as_column(second))
    return max(first, second)


def positive(value: Any) -> Any:
    """The quantity where it is above zero, else zero."""
    return maximum(value, 0)


def progressive(quantity: Any, scale: Brackets, share: Any = 1, whole: int = 1) -> Any:
    """The tax of a progressive scale, in basis points and `whole`ths of the quantity's unit: divide by both at the end.

    `share` of `whole` is the part of the thresholds that counts: 5 of 12 for the income of 5 months under a yearly
    scale. Each rate bears on what lies above its threshold, up to the next. Exact: nothing is rounded here.
    """
    tops = list(zip(scale.thresholds, pairwise((0, *scale.rates)), strict=True))
    if list(scale.rates) != sorted(scale.rates):
        parts = (whole * quantity - threshold * share for threshold, _ in tops)
        return sum((after - before) * positive(part) for part, (_, (before, after)) in zip(parts, tops, strict=True))
    # Rates that ascend make the tax the highest of its lines: a fifth less work than the sum of the parts.
    deducted, highest = 0, as_column(0) if is_column(quantity, share) else 0
    for threshold, (before, after) in tops:
        deducted += (after - before) * threshold
        if after > before:
            highest = maximum(highest, after * whole * quantity - deducted * share)
    return highest


def all_of(*conditions: Any) -> Any:
    """True where every condition holds (true when there is none)."""
    return reduce(and_, conditions) if conditions else True


def any_of(*conditions: Any) -> Any:
    """True where at least one condition holds (false when there is none)."""
    return reduce(or_, conditions) if conditions else False


def negate(condition: Any) -> Any:
    """True where the condition does not hold (`~` on a plain bool would give -1 or -2)."""
    return ~condition if is_column(condition) else not condition


def lookup(code: Any, table: Table) -> Any:
    """The table's value for each code.

    On columns it is one `when` per distinct value, over runs of neighbouring codes: replacing through a dictionary
    does not exist on Spark, and is ten times slower on Polars.
    """
    if not is_column(code):
        return table.get(int(code))
    codes_by_value: defaultdict[int, list[int]] = defaultdict(list)
    for key, value in sorted(table.entries):
        codes_by_value[value].append(key)
    expression = as_column(table.default)
    for value, codes in codes_by_value.items():
        if value != table.default:
            expression = nw.when(_among(code, codes)).then(as_column(value)).otherwise(expression)
    return expression


def _among(code: nw.Expr, codes: list[int]) -> nw.Expr:
    """Whether a code is one of those listed (ascending), as few comparisons as their runs allow."""
    runs: list[list[int]] = []
    for one in codes:
        if runs and one == runs[-1][-1] + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    tests = [code == run[0] if len(run) == 1 else (code >= run[0]) & (code <= run[-1]) for run in runs]
    return reduce(or_, tests)
