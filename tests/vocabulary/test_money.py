from __future__ import annotations

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minassa.vocabulary.money import (
    LARGEST_AMOUNT,
    MoneyError,
    format_dirhams,
    parse_dirhams,
    parse_dirhams_column,
)

amounts = st.integers(min_value=-LARGEST_AMOUNT, max_value=LARGEST_AMOUNT)


@given(amounts, st.booleans())
@example(LARGEST_AMOUNT, True)
@example(-5, False)
def test_what_is_written_reads_back_the_same(cents: int, unit: bool) -> None:
    assert parse_dirhams(format_dirhams(cents, unit=unit)) == cents


@pytest.mark.parametrize(
    ("cents", "written"),
    [
        (0, "0,00\N{NO-BREAK SPACE}DH"),
        (-5, "\N{MINUS SIGN}0,05\N{NO-BREAK SPACE}DH"),
        (123_456, "1\N{NARROW NO-BREAK SPACE}234,56\N{NO-BREAK SPACE}DH"),
        (100_000_000, "1\N{NARROW NO-BREAK SPACE}000\N{NARROW NO-BREAK SPACE}000,00\N{NO-BREAK SPACE}DH"),
    ],
)
def test_amounts_are_written_the_french_way(cents: int, written: str) -> None:
    assert format_dirhams(cents) == written
    assert format_dirhams(cents, unit=False) == written.removesuffix("\N{NO-BREAK SPACE}DH")


READABLE = [
    ("1 234,56", 123_456),
    ("1234.56", 123_456),
    ("1\N{NO-BREAK SPACE}234,5", 123_450),
    (" 12 ", 1_200),
    ("-0,05", -5),
    ("\N{MINUS SIGN}12 dhs", -1_200),
    ("12,00 MAD", 1_200),
    ("007", 700),
    ("92233720368547758.07", LARGEST_AMOUNT),
]
UNREADABLE = [
    "",
    "-",
    ",5",
    "1.",
    "1,234",
    "1.234,56",
    "1,234.56",
    "12 34",
    "1 2345",
    "1e3",
    "--1",
    "12 €",
    "١٢",
    "92233720368547758.08",
    "9" * 18,
    "9" * 5_000,
    "EXEMPLE Fictif",
]


@pytest.mark.parametrize(("text", "cents"), READABLE)
def test_amounts_are_read_as_people_write_them(text: str, cents: int) -> None:
    assert parse_dirhams(text) == cents


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_amount_is_refused_without_being_quoted(text: str) -> None:
    with pytest.raises(MoneyError, match="Montant") as refusal:
        parse_dirhams(text)
    assert "Fictif" not in str(refusal.value)


def read_one_by_one(text: str) -> int | None:
    try:
        return parse_dirhams(text)
    except MoneyError:
        return None


def read_as_a_column(texts: list[str]) -> list[int | None]:
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    return frame.select(parse_dirhams_column(pl.col("text")))["text"].to_list()


def test_a_column_reads_the_known_cases() -> None:
    assert read_as_a_column([text for text, _ in READABLE]) == [cents for _, cents in READABLE]
    assert read_as_a_column(UNREADABLE) == [None] * len(UNREADABLE)


@given(st.lists(st.text(alphabet="0123456789,. -\N{MINUS SIGN}\N{NO-BREAK SPACE}DHMADsſ\t\n", max_size=24), max_size=8))
def test_a_column_reads_what_one_text_reads(texts: list[str]) -> None:
    assert read_as_a_column(texts) == [read_one_by_one(text) for text in texts]
