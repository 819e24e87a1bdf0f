"""Reforms that are kept: nothing is ever changed nor erased, each revision is told to the journal, rights hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from minassa.journal.models import Entry
from minassa.outlook.levers import InvalidLever
from minassa.reforms.models import Comment, Reform, Revision
from minassa.reforms.public import (
    Draft,
    NothingMoved,
    ReformError,
    StaleReform,
    comment,
    keep,
    latest,
    reforms_for,
    revise,
    stream_of,
)
from minassa.registry.models import Body, Role
from minassa.registry.public import VISITOR, Actor, Forbidden
from tests.onestop.world import appointed, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
FIRST = Draft("PAE à 20 % (exemple)", "Raison EXEMPLE.", {"pae_rate": 2000})


@pytest.fixture
def analyst() -> Actor:
    make_world()
    return appointed("analyste", Body.objects.get(code="minassa"), Role.ANALYST)


@pytest.fixture
def other() -> Actor:
    return appointed("copil", Body.objects.get(code="copil"), Role.STEERING_MEMBER)


def test_a_reform_is_kept_revised_and_argued(analyst: Actor, other: Actor) -> None:
    reform = keep(analyst, FIRST, AT)
    second = revise(analyst, reform, Draft("Autre nom", "", {"pae_stay_months": 12}), AT + timedelta(1), expected=1)
    said = comment(other, reform, "  Trop cher ?  ", AT + timedelta(2))
    assert (second.number, said.revision, said.text) == (2, 2, "Trop cher ?")
    (found,) = reforms_for(other)
    assert (found.reference[:8], found.name, found.changes) == ("RF-2026-", "Autre nom", {"pae_stay_months": 12})
    kinds = Entry.objects.filter(stream=stream_of(reform.pk)).order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["reform.kept", "reform.revised", "reform.commented"]


def test_another_person_duplicates_what_is_not_theirs(analyst: Actor, other: Actor) -> None:
    reform = keep(analyst, FIRST, AT)
    with pytest.raises(Forbidden):
        revise(other, reform, Draft("Autre", "", {"pae_rate": 1900}), AT)
    copy = keep(other, FIRST, AT, copied_from=latest(reform))
    assert copy.copied_from == latest(reform)
    assert revise(other, copy, Draft("Autre", "", {"pae_rate": 1900}), AT).number == 2


def test_who_may_not_read_finds_none(analyst: Actor) -> None:
    keep(analyst, FIRST, AT)
    assert list(reforms_for(VISITOR)) == []
    with pytest.raises(Forbidden):
        keep(VISITOR, FIRST, AT)


@pytest.mark.parametrize(
    ("draft", "refusal"),
    [
        (Draft("", "", {"pae_rate": 2000}), ReformError),
        (Draft("x" * 61, "", {"pae_rate": 2000}), ReformError),
        (Draft("Nom", "x" * 4001, {"pae_rate": 2000}), ReformError),
        (Draft("Nom", "", {}), NothingMoved),
        (Draft("Nom", "", {"inconnu": 1}), InvalidLever),
        (Draft("Nom", "", {"pae_rate": 10_001}), InvalidLever),
        (Draft("Nom", "", {"pae_rate": -1}), InvalidLever),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(analyst: Actor, draft: Draft, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        keep(analyst, draft, AT)
    assert not Reform.objects.exists()


def test_a_revision_written_on_an_older_one_or_that_says_the_same_is_refused(analyst: Actor) -> None:
    reform = keep(analyst, FIRST, AT)
    with pytest.raises(NothingMoved):
        revise(analyst, reform, FIRST, AT)
    revise(analyst, reform, Draft("Autre", "", {"pae_rate": 1900}), AT, expected=1)
    with pytest.raises(StaleReform):
        revise(analyst, reform, Draft("Encore", "", {"pae_rate": 1800}), AT, expected=1)


def test_the_database_refuses_any_change(analyst: Actor) -> None:
    comment(analyst, keep(analyst, FIRST, AT), "Dit.", AT)
    rows = (Reform.objects.get(), Revision.objects.get(), Comment.objects.get())
    for act in (act for row in rows for act in (row.save, row.delete)):
        with pytest.raises(DatabaseError, match=r"append-only|foreign key"), transaction.atomic():
            act()
