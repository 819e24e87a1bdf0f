"""Decimal fields read eight digits at a time, and written back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.declarations.ebds.digits import decimals, key_fails, plan
from minassa.declarations.ebds.layout import NUMBER, RECORDS, FieldType
from minassa.vocabulary.identifiers import immatriculation_key_holds

LARGEST = 2**63 - 1


@given(st.sampled_from(sorted(RECORDS)), st.integers(0, 2**32), st.integers(260, 263))
def test_every_decimal_field_is_read_whatever_surrounds_it(code: str, seed: int, stride: int) -> None:
    draw = np.random.default_rng(seed)
    fields = RECORDS[code].of_type(FieldType.NUMBER, FieldType.DATE)
    rows = draw.integers(0, 256, (5, stride), dtype=np.uint8)
    expected = {}
    for field in fields:
        values = [min(int(draw.integers(0, LARGEST)) % 10**field.length, LARGEST) for _ in rows]
        expected[field.name] = values
        for row, value in zip(rows, values, strict=True):
            row[field.columns] = np.frombuffer(f"{value:0{field.length}d}".encode(), dtype=np.uint8)
    reading = plan(fields)
    assert {name: read.tolist() for name, read in reading.numbers(reading.words(rows)).items()} == expected


@given(st.lists(st.integers(10**8, 2 * 10**8 - 1), min_size=1, max_size=20))
def test_the_key_read_from_digits_is_the_one_of_the_vocabulary(numbers: list[int]) -> None:
    rows = np.full((len(numbers), 260), ord(" "), dtype=np.uint8)
    field = RECORDS["B02"].field(NUMBER)
    values = np.array(numbers, dtype=np.int64)
    rows[:, field.columns] = decimals(values, field.length)
    reading = plan((field,))
    word = reading.words(rows)[reading.parts[NUMBER][0][0]]
    assert key_fails(word).tolist() == (~immatriculation_key_holds(values)).tolist()


@given(st.lists(st.integers(0, 10**13 - 1), max_size=20))
def test_numbers_are_written_with_zeros_before_them(numbers: list[int]) -> None:
    rows = decimals(np.array(numbers, dtype=np.int64), 13)
    assert [row.tobytes() for row in rows] == [f"{number:013d}".encode() for number in numbers]


@pytest.mark.parametrize("number", [-1, 100])
def test_a_number_that_does_not_fit_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="does not fit in 2 digits"):
        decimals(np.array([number]), 2)
