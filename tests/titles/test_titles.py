"""Titles that await a person: what is asked and answered stays, feeds the lexicon, is in the journal; rights hold."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from django.db import DatabaseError, transaction

from minassa.journal.models import Entry
from minassa.registry.models import Body, Role
from minassa.registry.public import VISITOR, Actor, Forbidden
from minassa.talent.matching import shipped_lexicon
from minassa.titles.models import Answer, Question
from minassa.titles.public import (
    STREAM,
    Origin,
    TitleError,
    answer,
    ask,
    in_effect,
    keep_titles,
    registers_of,
    waiting,
)
from tests.onestop.world import appointed, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
STRANGE = "Zorglub de bord EXEMPLE"
JURIST = next(key for key, one in shipped_lexicon().concepts.items() if one.isco == "2611")


class Registers:
    """A lake of nothing but lines of registers."""

    def __init__(self, rows: list[tuple[int, str, int]]) -> None:
        self._rows = rows

    def current(self, _table: str) -> pl.LazyFrame:
        """Each row, as many times as told: firm, title, people."""
        lines = [
            {"affiliation": firm, "as_of_month": 24_320, "job_title": title, "filiere": 2, "left_on": None}
            for firm, title, people in self._rows
            for _ in range(people)
        ]
        schema = {"affiliation": pl.Int32, "as_of_month": pl.Int32, "job_title": pl.String, "filiere": pl.Int8}
        return pl.LazyFrame(lines, schema={**schema, "left_on": pl.Date})


@pytest.fixture
def federation() -> Actor:
    make_world()
    return appointed("federation", Body.objects.get(code="minassa"), Role.FEDERATION)


def test_an_answer_stays_and_is_at_once_in_the_lexicon(federation: Actor) -> None:
    assert ask(federation, [STRANGE, STRANGE.upper(), " "], Origin.TYPED, AT) == 1
    assert [question.title for question in waiting()] == [STRANGE]
    assert in_effect().recognise([STRANGE])[0].abstained
    answer(federation, STRANGE, JURIST, AT)
    (found,) = in_effect().recognise([STRANGE.lower()])
    assert found.best is not None
    assert (found.best.concept.isco, found.best.entry.kind, found.best.how) == ("2611", "answer", "same")
    assert not waiting().exists()
    kinds = Entry.objects.filter(stream=STREAM).order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["titles.asked", "titles.answered"]


def test_the_last_answer_is_the_one_in_effect_and_passes_what_was_shipped(federation: Actor) -> None:
    answer(federation, "Comptable", JURIST, AT)
    assert in_effect().recognise(["comptable"])[0].candidates[0].concept.isco == "2611"
    answer(federation, "Comptable", "", AT)
    effect = in_effect()
    assert effect.says_none("COMPTABLE")
    assert effect.recognise(["comptable"])[0].best is None


def test_what_was_said_is_never_changed(federation: Actor) -> None:
    answer(federation, STRANGE, JURIST, AT)
    for rows in (Question.objects.all(), Answer.objects.all()):
        ask(federation, ["Autre titre EXEMPLE"], Origin.FILE, AT)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(title="autre")


def test_who_may_not_is_refused_and_nonsense_is_said(federation: Actor) -> None:
    training = appointed("formation", Body.objects.get(code="minassa"), Role.TRAINING)
    with pytest.raises(Forbidden):
        answer(training, STRANGE, JURIST, AT)
    with pytest.raises(Forbidden):
        ask(VISITOR, [STRANGE], Origin.TYPED, AT)
    with pytest.raises(TitleError):
        answer(federation, STRANGE, "isco:0000/inconnu", AT)
    with pytest.raises(TitleError):
        answer(federation, " ? ", "", AT)


def test_registers_are_told_in_counts_and_titles_of_few_are_put_before_nobody(tmp_path: Path) -> None:
    rows = [(firm, "Comptable", 9) for firm in range(1, 8)]
    rows += [(firm, STRANGE, 9) for firm in range(1, 8)]
    rows += [(1, "Avocat", 1), (1, "Vrzbl d'une seule EXEMPLE", 40)]
    keep_titles(tmp_path, "run-1", Registers(rows), AT)  # type: ignore[arg-type]
    told = registers_of(tmp_path, "run-1")
    assert told is not None
    assert (told.titles, told.people, told.recognised) == (4, 167, 64)
    assert [(one.isco, one.people) for one in told.occupations] == [("3313", 63), ("2611", None)]
    assert [(question.title, question.people) for question in waiting()] == [(STRANGE, 63)]
    assert registers_of(tmp_path, "run-2") is None
