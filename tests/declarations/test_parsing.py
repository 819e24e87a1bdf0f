from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.declarations.parsing import amount, day, stripped, whole_number
from minassa.vocabulary.money import MoneyError, parse_dirhams


def _one(expression: pl.Expr) -> object:
    return pl.select(expression).item()


def _dirhams(text: str) -> int | None:
    try:
        return parse_dirhams(text)
    except MoneyError:
        return None


@given(st.text(alphabet="0123456789.,-+ e", max_size=8))
def test_amounts_are_those_of_the_shared_words(text: str) -> None:
    expected = None if set(text) & set(" +e") else _dirhams(text)
    assert _one(amount(pl.lit(text), marks=".,", signed=True)) == expected


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("12", 1200),
        ("12.5", 1250),
        ("0.05", 5),
        ("999999999999.99", 99_999_999_999_999),
        ("1000000000000", None),
        ("12,5", None),
        ("-1", None),
        ("1.", None),
        (".5", None),
        ("1.005", None),
        ("", None),
        ("١٢", None),
    ],
)
def test_amounts_with_a_dot_and_no_sign(text: str, cents: int | None) -> None:
    assert _one(amount(pl.lit(text))) == cents


@given(st.text(max_size=4))
def test_whole_numbers_are_ascii_digits(text: str) -> None:
    expected = int(text) if text.isascii() and text.isdigit() else None
    assert _one(whole_number(pl.lit(text), 4)) == expected


@given(st.dates(date(1000, 1, 1)))
def test_days_are_read_in_each_of_their_patterns(when: date) -> None:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        text = f"{when.year:04d}-{when.month:02d}-{when.day:02d}"
        text = text if pattern == "%Y-%m-%d" else f"{when.day:02d}/{when.month:02d}/{when.year:04d}"
        assert _one(day(pl.lit(text), "%Y-%m-%d", "%d/%m/%Y")) == when


@pytest.mark.parametrize("text", ["2025-02-29", "2025-2-1", "25-02-01", "2025-02-01T00", "", "31/04/2025", "02/2025"])
def test_days_that_do_not_exist_are_null(text: str) -> None:
    assert _one(day(pl.lit(text), "%Y-%m-%d", "%d/%m/%Y")) is None


def test_blanks_around_and_nothing_at_all_are_the_same() -> None:
    texts = pl.DataFrame({"text": [" a \t", None, ""]})
    assert texts.select(stripped(pl.col("text")))["text"].to_list() == ["a", "", ""]
