from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.vocabulary.folding import fold, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Société Générale d'Œuvres", "societe generale d oeuvres"),
        ("  CENTRE   d’appels-Fès ", "centre d appels fes"),
        ("أكادير", "اكادير"),
        ("إفران", "افران"),
        ("آسفي", "اسفي"),
        ("ٱلمغرب", "المغرب"),
        ("مصطفى", "مصطفي"),
        ("القنيطرة", "القنيطره"),
        ("الربــــاط", "الرباط"),
        ("مُحَمَّد", "محمد"),
        ("٠١٢٣ ۴۵۶", "0123 456"),
        ("Stra\u200bße", "strasse"),
        ("٪&/", ""),
    ],
)
def test_spellings_of_one_word_meet(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_only_letters_digits_and_single_spaces_remain(text: str) -> None:
    folded = fold(text)
    assert folded == folded.strip()
    assert "  " not in folded
    assert all(sign.isalnum() or sign == " " for sign in folded)


def test_words_are_each_given_once_in_order() -> None:
    assert words("Été, hiver ; ÉTÉ") == ["ete", "hiver"]
