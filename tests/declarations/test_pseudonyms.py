from __future__ import annotations

import hmac

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.declarations.pseudonyms import KeyTooShort, Pseudonyms

KEY = b"exemple de cle pour les tests...."


def expected(text: str) -> int:
    return int.from_bytes(hmac.digest(KEY, text.encode(), "sha256")[:8], "big") >> 1


@given(batches=st.lists(st.lists(st.integers(1, 999_999_998), max_size=20), min_size=1, max_size=4))
def test_a_number_gives_the_hmac_of_its_nine_digits_however_often_it_comes_back(batches: list[list[int]]) -> None:
    pseudonyms = Pseudonyms(KEY)
    for batch in batches:
        found = pseudonyms.of_numbers(np.array(batch, dtype=np.int64))
        assert found.tolist() == [expected(f"{number:09d}") for number in batch]


def test_no_number_and_casual_labour_are_nobody() -> None:
    found = Pseudonyms(KEY).of_numbers(np.array([0, 999_999_999, 123_456_789], dtype=np.int64))
    assert found.tolist()[:2] == [0, 0]
    assert found[2] > 0


def test_a_cin_is_the_same_person_however_it_is_typed() -> None:
    found = Pseudonyms(KEY).of_cins(["QZ123456", " qz 123-456 ", "", "QZ123457"])
    assert found.tolist() == [expected("CIN:QZ123456"), expected("CIN:QZ123456"), 0, expected("CIN:QZ123457")]


def test_another_key_gives_other_pseudonyms() -> None:
    numbers = np.arange(100_000_001, 100_000_051, dtype=np.int64)
    other = Pseudonyms(KEY[::-1]).of_numbers(numbers)
    assert not np.intersect1d(Pseudonyms(KEY).of_numbers(numbers), other).size


def test_nothing_gives_nothing() -> None:
    assert Pseudonyms(KEY).of_numbers(np.zeros(0, dtype=np.int64)).size == 0


def test_long_keys_follow_the_rule_of_hmac() -> None:
    key = KEY * 5
    expectation = int.from_bytes(hmac.digest(key, b"123456789", "sha256")[:8], "big") >> 1
    assert Pseudonyms(key).of_numbers(np.array([123_456_789], dtype=np.int64)).tolist() == [expectation]


def test_a_short_key_is_refused_without_being_quoted() -> None:
    with pytest.raises(KeyTooShort) as refused:
        Pseudonyms(b"courte")
    assert "courte" not in str(refused.value)
    assert "32" in str(refused.value)
