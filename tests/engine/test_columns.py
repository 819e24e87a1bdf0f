"""Each word gives on a column, row by row, what it gives on plain values."""
# ruff: noqa: ARG005 (every body takes the four columns)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.engine import (
    Brackets,
    Table,
    all_of,
    any_of,
    lookup,
    maximum,
    minimum,
    negate,
    positive,
    progressive,
    where,
)

amounts = st.integers(-(10**15), 10**15)
columns = st.lists(st.tuples(amounts, amounts, st.booleans(), st.booleans()), min_size=1, max_size=8)
TABLE = Table(((1, 10), (2, 10), (3, 7), (7, 10), (9, -5)), default=7)
BODIES: dict[str, Callable[[Any, Any, Any, Any], Any]] = {
    "minimum": lambda a, b, p, q: minimum(a, b),
    "minimum of a column and a number": lambda a, b, p, q: minimum(a, 250),
    "maximum": lambda a, b, p, q: maximum(b, a),
    "positive": lambda a, b, p, q: positive(a - b),
    "where": lambda a, b, p, q: where(p, a, b),
    "where with numbers": lambda a, b, p, q: where(a < b, 3, 4),
    "where with a minimum in a branch": lambda a, b, p, q: where(p, minimum(a, b), maximum(a, 0) - 1),
    "all_of": lambda a, b, p, q: all_of(p, q, a < b),
    "any_of": lambda a, b, p, q: any_of(p, q, a < b),
    "negate": lambda a, b, p, q: negate(p),
    "lookup": lambda a, b, p, q: lookup(a % 11, TABLE),
    "conditions and numbers mixed": lambda a, b, p, q: all_of(p, True) & any_of(q, False),
}


@pytest.mark.parametrize("name", sorted(BODIES))
@given(rows=columns)
def test_columns_and_plain_values_agree(name: str, rows: list[tuple[int, int, bool, bool]]) -> None:
    body = BODIES[name]
    frame = pl.DataFrame(rows, schema={"a": pl.Int64, "b": pl.Int64, "p": pl.Boolean, "q": pl.Boolean}, orient="row")
    expression = body(*(nw.col(n) for n in "abpq"))
    found = nw.from_native(frame.lazy()).with_columns(found=expression).collect()["found"].to_list()
    assert found == [body(*row) for row in rows]


def test_numbers_written_in_a_rule_are_64_bits_wide() -> None:
    frame = nw.from_native(pl.LazyFrame({"p": [True]}))
    product = where(nw.col("p"), 2_000_000_000, 0) * 2_000_000_000
    assert frame.with_columns(product=product).collect()["product"].to_list() == [4 * 10**18]


def test_no_condition_at_all() -> None:
    assert all_of() is True
    assert any_of() is False


def test_where_refuses_to_choose_between_conditions() -> None:
    with pytest.raises(TypeError, match="where choisit entre deux quantités"):
        where(condition=True, then=True, otherwise=False)


@given(st.dictionaries(st.integers(0, 300), st.integers(0, 3), max_size=40), st.integers(0, 3))
def test_a_table_on_a_narrow_column_of_codes(entries: dict[int, int], default: int) -> None:
    table = Table(tuple(sorted(entries.items())), default)
    frame = nw.from_native(pl.LazyFrame({"code": list(range(301))}, schema={"code": pl.Int16}))
    found = frame.with_columns(value=lookup(nw.col("code"), table)).collect()["value"].to_list()
    assert found == [entries.get(code, default) for code in range(301)]


def slice_by_slice(income: int, scale: Brackets, share: int, whole: int) -> int:
    """The tax as a clerk works it out: what of the income lies in each bracket, at the rate of the bracket."""
    tax = 0
    for rate, low, high in zip(scale.rates, scale.thresholds, (*scale.thresholds[1:], None), strict=True):
        top = whole * income if high is None else min(whole * income, high * share)
        tax += rate * max(0, top - low * share)
    return tax


scales = st.lists(
    st.tuples(st.integers(1, 10**7), st.integers(0, 10_000)), max_size=6, unique_by=lambda step: step[0]
).map(lambda steps: Brackets((0, *sorted(t for t, _ in steps)), (0, *(r for _, r in steps))))


@given(st.integers(0, 10**9), scales, st.booleans(), st.integers(1, 12))
def test_a_progressive_scale_is_worked_out_slice_by_slice(
    income: int, scale: Brackets, ascends: bool, months: int
) -> None:
    used = Brackets(scale.thresholds, tuple(sorted(scale.rates))) if ascends else scale
    expected = slice_by_slice(income, used, months, 12)
    assert progressive(income, used, months, 12) == expected
    frame = nw.from_native(pl.LazyFrame({"income": [income], "months": [months]}))
    tax = progressive(nw.col("income"), used, nw.col("months"), 12)
    assert frame.with_columns(tax=tax).collect()["tax"].to_list() == [expected]


def test_a_first_rate_above_nothing_bears_on_the_whole() -> None:
    assert progressive(100, Brackets((0, 50), (1000, 2000))) == 1000 * 50 + 2000 * 50
    assert progressive(100, Brackets((0, 50), (2000, 1000))) == 2000 * 50 + 1000 * 50
