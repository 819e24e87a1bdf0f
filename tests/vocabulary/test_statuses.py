from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.vocabulary.statuses import Status, label, rank, weakest


def test_the_ranks_go_from_the_surest_to_the_least_sure() -> None:
    assert [str(status) for status in sorted(Status, key=rank)] == [
        "official",
        "press",
        "inferred",
        "proposed",
        "assumed",
    ]


@given(st.lists(st.sampled_from(Status), min_size=1))
def test_the_weakest_is_one_of_them_and_none_is_weaker(statuses: list[Status]) -> None:
    found = weakest(statuses)
    assert found in statuses
    assert all(rank(status) <= rank(found) for status in statuses)


def test_nothing_is_never_official() -> None:
    with pytest.raises(ValueError, match="Aucun statut"):
        weakest([])
    assert weakest([], default=Status.ASSUMED) is Status.ASSUMED


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_each_status_has_its_own_word(language: str) -> None:
    assert len({label(status, language) for status in Status}) == len(Status)
    assert label(Status.PRESS) == "presse"
