"""Searches of the reference: what counts in a word and what does not, in three languages."""

from __future__ import annotations

import pytest

from minassa.talent.reference.comparing import compared
from minassa.talent.reference.levels import DESCRIPTORS, levels
from minassa.talent.reference.publishing import NOTICES, occupation_rows, skos
from minassa.talent.reference.reading import reference
from minassa.talent.reference.search import Finder, distance

FOUND = Finder(reference())


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("developpeur web", "MO-2513-05"),
        ("DÉVELOPEUR WEB", "MO-2513-05"),
        ("مهندس شبكات", "MO-2523-03"),
        ("المهندس الشبكات", "MO-2523-03"),
        ("netwrok engineer", "MO-2523-03"),
        ("teleoperateur", "MO-4222-01"),
        ("mo-2512-01", "MO-2512-01"),
    ],
    ids=["no accents", "typo in capitals", "arabic", "arabic with articles", "letters swapped", "synonym", "code"],
)
def test_an_occupation_is_found_by_words_written_otherwise(asked: str, code: str) -> None:
    assert code in [one.code for one in FOUND.occupations(asked)[:3]]


def test_a_search_that_nothing_answers_finds_nothing_and_an_empty_one_everything() -> None:
    assert FOUND.occupations("zzzzqqqq") == []
    assert len(FOUND.occupations("  ")) == len(reference().occupations)


@pytest.mark.parametrize(
    ("one", "other", "apart"), [("chat", "chat", 0), ("chat", "caht", 1), ("chat", "chats", 1), ("chat", "rondes", 3)]
)
def test_distances_stop_beyond_what_is_asked(one: str, other: str, apart: int) -> None:
    assert distance(one, other, 2) == apart


def test_going_from_an_occupation_to_itself_takes_nothing() -> None:
    held = reference()
    first, second = held.occupations["MO-4222-01"], held.occupations["MO-2512-04"]
    assert compared(held, first, first).missing == ()
    assert compared(held, first, first).cover == 10_000
    there = compared(held, first, second)
    assert {one.code for one in there.missing} == set(second.essential) - {*first.essential, *first.optional}


def test_every_level_says_its_six_descriptors_in_three_languages() -> None:
    scale = levels()
    assert [one.level for one in scale.levels] == list(range(1, 9))
    assert all(
        one.under(name).said(each) for one in scale.levels for name in DESCRIPTORS for each in ("fr", "ar", "en")
    )


def test_files_hold_every_entry_and_say_whose_the_classification_is() -> None:
    held = reference()
    graph = skos(held, "https://exemple.ma/referentiel/", "1")["@graph"]
    assert len(graph) == 1 + len(held.occupations) + len(held.skills)
    assert [one["@value"] for one in graph[0]["dct:rights"]] == list(NOTICES)
    assert [row["code"] for row in occupation_rows(held)] == list(held.occupations)
