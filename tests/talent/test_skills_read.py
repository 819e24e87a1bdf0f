"""Skills recognised in descriptions of courses and adverts, in each language, with the words that say so."""

from __future__ import annotations

import pytest

from minassa.talent.matching.skills import skill_reader


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Au programme : entraîner des modèles d'apprentissage automatique, puis les servir.", "MS-AIX-01"),
        ("You will train machine-learning models every day", "MS-AIX-01"),
        ("نبحث عن مهندسة، التعلم العميق", "MS-AIX-02"),
    ],
)
def test_a_skill_is_found_in_a_text_of_each_language(text: str, code: str) -> None:
    found = {skill.code: skill for skill in skill_reader().read(text)}
    assert found[code].covered == pytest.approx(1)
    assert found[code].words


@pytest.mark.parametrize("text", ["", "?!", "Le chat dort sur le canapé.", "x " * 5_000])
def test_a_text_that_speaks_of_no_skill_gives_none(text: str) -> None:
    assert skill_reader().read(text) == []


def test_the_words_of_one_skill_scattered_over_sentences_are_not_that_skill() -> None:
    assert all(one.code != "MS-AIX-02" for one in skill_reader().read("Apprentissage du soudage. Puits profond."))
