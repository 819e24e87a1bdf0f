from __future__ import annotations

import math
from fractions import Fraction
from typing import cast

import duckdb
import narwhals as nw
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.vocabulary.rounding import Direction, allocate, divide

ARTICLE = "minassa-default#essai"
numerators = st.integers(min_value=0, max_value=2**62)
denominators = st.integers(min_value=1, max_value=10**9)


def exact(numerator: int, denominator: int, direction: Direction) -> int:
    fraction = Fraction(numerator, denominator)
    rounded = {
        Direction.DOWN: math.floor(fraction),
        Direction.UP: math.ceil(fraction),
        Direction.HALF_UP: math.floor(fraction + Fraction(1, 2)),
    }
    return rounded[direction]


@given(numerators, denominators, st.sampled_from(Direction))
def test_division_is_the_rounding_of_the_exact_fraction(n: int, d: int, direction: Direction) -> None:
    assert divide(n, d, direction, ARTICLE) == exact(n, d, direction)


@given(st.integers(min_value=0, max_value=10**12), st.integers(min_value=1, max_value=10**6))
def test_a_half_goes_up(whole: int, half: int) -> None:
    assert divide(whole * 2 * half + half, 2 * half, Direction.HALF_UP, ARTICLE) == whole + 1


@given(st.lists(numerators, max_size=20), denominators, st.sampled_from(Direction))
def test_an_array_gives_what_ints_give(column: list[int], d: int, direction: Direction) -> None:
    divided = divide(np.array(column, dtype=np.int64), d, direction, ARTICLE)
    assert divided.dtype == np.int64
    assert divided.tolist() == [exact(n, d, direction) for n in column]


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("denominator", [1, 2, 3, 97, 10_000, 36_500_000])
def test_an_expression_gives_the_same_on_each_engine(direction: Direction, denominator: int) -> None:
    column = [0, 1, 2, 4_999, 5_000, 5_001, 15_000, 123_456_789, 2**53 + 1, 2**62]
    frame = pl.DataFrame({"n": column})
    expected = [exact(n, denominator, direction) for n in column]
    rounded = divide(nw.col("n"), denominator, direction, ARTICLE).alias("n")
    assert nw.from_native(frame).select(rounded).to_native()["n"].to_list() == expected
    with duckdb.connect() as connection:
        relation = nw.from_native(connection.from_arrow(frame.to_arrow())).select(rounded)
        assert [row[0] for row in relation.to_native().fetchall()] == expected


@pytest.mark.parametrize(
    ("numerator", "denominator", "article"),
    [(-1, 10, ARTICLE), (np.array([5, -5]), 10, ARTICLE), (np.int64(-5), 10, ARTICLE), (1, 0, ARTICLE), (1, 10, "")],
)
def test_what_cannot_be_rounded_soundly_is_refused(numerator: int, denominator: int, article: str) -> None:
    with pytest.raises(ValueError, match=r"arrondi|dénominateur"):
        divide(numerator, denominator, Direction.DOWN, article)


@pytest.mark.parametrize("numerator", [1.5, np.float32(1), np.array([1.0]), np.array([1], dtype=np.int32)])
def test_only_whole_numbers_of_64_bits_are_rounded(numerator: int) -> None:
    with pytest.raises(TypeError):
        divide(numerator, 10, Direction.DOWN, ARTICLE)


@given(st.lists(st.tuples(numerators, denominators), max_size=20), st.sampled_from(Direction))
def test_a_column_divides_a_column(rows: list[tuple[int, int]], direction: Direction) -> None:
    expected = [exact(n, d, direction) for n, d in rows]
    above, below = (np.array([row[side] for row in rows], dtype=np.int64) for side in (0, 1))
    assert divide(above, below, direction, ARTICLE).tolist() == expected
    frame = pl.DataFrame({"n": above, "d": below})
    quotient = divide(nw.col("n"), nw.col("d"), direction, ARTICLE).alias("q")
    assert nw.from_native(frame).select(quotient).to_native()["q"].to_list() == expected


@pytest.mark.parametrize(
    ("denominator", "refusal"),
    [(np.array([1, 0]), ValueError), (np.int64(0), ValueError), (1.5, TypeError), (np.array([1.0]), TypeError)],
)
def test_a_column_never_divides_by_less_than_one(denominator: int, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        divide(10, denominator, Direction.DOWN, ARTICLE)


def test_a_direction_given_as_a_bare_word_is_read_or_refused() -> None:
    assert divide(5, 10, cast("Direction", "half_up"), ARTICLE) == 1
    with pytest.raises(ValueError, match="nearest"):
        divide(5, 10, cast("Direction", "nearest"), ARTICLE)


weights_of = st.lists(st.integers(min_value=0, max_value=10**12), min_size=1, max_size=30).filter(any)


@given(st.integers(min_value=0, max_value=10**15), weights_of)
def test_the_parts_sum_to_the_total_and_stay_near_their_share(total: int, weights: list[int]) -> None:
    parts = allocate(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert part >= 0
        assert abs(part - Fraction(total * weight, sum(weights))) < 1
        assert weight or not part


def test_nothing_to_split_gives_nothing() -> None:
    assert allocate(0, []) == []
    assert allocate(0, [0, 0]) == [0, 0]
    assert allocate(100, [1, 1, 1]) == [33, 33, 34]


@pytest.mark.parametrize(("total", "weights"), [(1, []), (1, [0]), (-1, [1]), (1, [1, -1, 3])])
def test_a_split_without_sense_is_refused(total: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match=r"répart"):
        allocate(total, weights)
