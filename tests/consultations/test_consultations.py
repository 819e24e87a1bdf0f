"""Requests, polls, events, hearings: what is said stays, small counts are never told, room is never passed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from minassa.consultations.models import Attendance, FirmRequest, Poll, Presence, RequestState, Vote
from minassa.consultations.polling import told
from minassa.consultations.public import (
    Announced,
    Asking,
    ConsultationError,
    SameHand,
    StaleConsultation,
    announce,
    answer,
    approve,
    ask,
    choice_of,
    counted,
    hear,
    hearings_for,
    note_presence,
    open_poll,
    poll_data,
    requests_for,
    sign_up,
    vote,
    withdraw,
)
from minassa.registry.models import Body, Enterprise, Role
from minassa.registry.public import Actor, Forbidden
from tests.onestop.world import World, appointed, make_world
from tests.web.consultations_world import CHOICES, POINTS, TITLES, firms

AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = AT.date()
ASKING = Asking(TITLES, CHOICES, TODAY, TODAY + timedelta(days=5))
LATER = AT + timedelta(days=6)
CODES = [f"c{rank}" for rank in range(1, 9)]


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001 (the database is there)
    return make_world()


@pytest.fixture
def federation(world: World) -> Actor:
    assert world.secretary.signed_in
    return appointed("federation", Body.objects.get(code="minassa"), Role.FEDERATION)


def test_what_a_firm_asks_is_its_own_and_answered_once(world: World) -> None:
    firm = Enterprise.objects.get(pk=world.enterprise.pk)
    made = ask(world.preparer, firm, "jobs", " Objet  EXEMPLE ", "Texte.", AT)
    assert made.subject == "Objet EXEMPLE"
    assert list(requests_for(world.signer)) == [made]
    assert not requests_for(world.stranger).exists()
    with pytest.raises(Forbidden):
        ask(world.stranger, firm, "jobs", "Objet", "Texte", AT)
    with pytest.raises(Forbidden):
        answer(world.signer, made, "Réponse.", AT)
    answer(world.secretary, made, "Réponse.", AT, expected=0)
    with pytest.raises(StaleConsultation):
        answer(world.secretary, made, "Autre.", AT, expected=0)
    with pytest.raises(ConsultationError):
        withdraw(world.signer, made, AT)
    assert FirmRequest.objects.get(pk=made.pk).state == RequestState.ANSWERED
    for change in ({"said": "Autre."}, {"answer": "Autre."}, {"subject": "Autre"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            FirmRequest.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        FirmRequest.objects.filter(pk=made.pk).delete()


@pytest.mark.parametrize(("topic", "subject", "said"), [("jobs", " ", "x"), ("jobs", "x", "\x00"), ("?", "x", "x")])
def test_a_request_says_something(world: World, topic: str, subject: str, said: str) -> None:
    with pytest.raises(ConsultationError):
        ask(world.preparer, Enterprise.objects.get(pk=world.enterprise.pk), topic, subject, said, AT)
    assert not FirmRequest.objects.exists()


def test_the_last_choice_counts_and_counts_are_told_once_closed(federation: Actor) -> None:
    poll = open_poll(federation, ASKING, AT)
    speakers = firms(9)
    for rank, (one, speaker) in enumerate(speakers):
        vote(speaker, poll, one, "c3", AT)
        vote(speaker, poll, one, "c1" if rank < 5 else "c2", AT)
        assert choice_of(poll, one) == ("c1" if rank < 5 else "c2")
    assert counted(poll, AT) is None
    assert poll_data(poll, AT)["counts"] == []
    found = counted(poll, LATER)
    assert found is not None
    assert found.firms == 9
    assert [number for _one, number in found.counts] == [5, 4, 0]
    with pytest.raises(ConsultationError):
        vote(speakers[0][1], poll, speakers[0][0], "c1", LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        Vote.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Poll.objects.update(choices=[])


@pytest.mark.parametrize(
    "wrong",
    [
        replace(ASKING, choices=CHOICES[:1]),
        replace(ASKING, choices=[*CHOICES, *CHOICES, *CHOICES]),
        replace(ASKING, titles={"fr": "Question"}),
        replace(ASKING, closes_on=TODAY - timedelta(days=1)),
        replace(ASKING, closes_on=TODAY + timedelta(days=400)),
    ],
)
def test_a_poll_that_cannot_be_is_refused(federation: Actor, wrong: Asking) -> None:
    with pytest.raises(ConsultationError):
        open_poll(federation, wrong, AT)
    assert not Poll.objects.exists()


@given(
    st.lists(st.integers(0, 12), min_size=2, max_size=8).filter(sum),
    st.integers(2, 5),
)
def test_a_small_count_is_never_told_nor_found_by_subtraction(numbers: list[int], fewest: int) -> None:
    choices = [{"code": code, "fr": code} for code in CODES[: len(numbers)]]
    counts = dict(zip(CODES, numbers, strict=False))
    found = told(choices, Counter(counts), fewest)
    shown = {one["code"]: number for one, number in found.counts if number is not None}
    assert all(number == counts[code] for code, number in shown.items())
    assert all(number == 0 or number >= fewest for number in shown.values())
    assert found.firms is None or found.firms == sum(numbers) >= fewest
    if found.firms is None:
        assert not shown
        return
    hidden = [code for code in counts if code not in shown]
    left = found.firms - sum(shown.values())
    assert len(hidden) != 1
    assert left == 0 or left >= fewest or not shown
    # When all made one choice, saying that nobody made another tells what each of them chose.
    assert max(numbers) < sum(numbers) or not shown


def test_room_is_never_passed_and_who_came_is_noted_on_the_day(world: World, federation: Actor) -> None:
    meeting = announce(federation, Announced("Salon EXEMPLE", "", "Rabat", TODAY, 2), AT)
    (one, first), (two, second), (three, third) = firms(3)
    sign_up(first, meeting, one, AT, comes=True)
    sign_up(first, meeting, one, AT, comes=True)
    sign_up(second, meeting, two, AT, comes=True)
    with pytest.raises(ConsultationError):
        sign_up(third, meeting, three, AT, comes=True)
    with pytest.raises(Forbidden):
        sign_up(first, meeting, three, AT, comes=True)
    sign_up(second, meeting, two, AT, comes=False)
    sign_up(third, meeting, three, AT, comes=True)
    note_presence(world.secretary, meeting, [one.pk, two.pk], AT)
    states = dict(Attendance.objects.values_list("enterprise", "state"))
    assert states == {one.pk: Presence.CAME, two.pk: Presence.CANCELLED, three.pk: Presence.ABSENT}
    with pytest.raises(ConsultationError):
        announce(federation, Announced("Hier", "", "Rabat", TODAY - timedelta(days=1), 2), AT)


def test_minutes_are_approved_by_another_hand_and_read_by_the_firm_then(world: World, federation: Actor) -> None:
    firm = Enterprise.objects.get(pk=world.enterprise.pk)
    made = hear(federation, "Audition EXEMPLE", firm, TODAY, [*POINTS, " "], AT)
    assert [point.rank for point in made.points.order_by("rank")] == [1, 2]
    with pytest.raises(SameHand):
        approve(federation, made, AT)
    assert not hearings_for(world.signer).exists()
    approve(world.secretary, made, AT, expected=0)
    assert list(hearings_for(world.signer)) == [made]
    assert not hearings_for(world.stranger).exists()
    with pytest.raises(ConsultationError):
        approve(world.secretary, made, AT)
    for heard, points in ((firm, []), ("", POINTS)):
        with pytest.raises(ConsultationError):
            hear(federation, "Audition EXEMPLE", heard, TODAY, points, AT)


def test_votes_of_one_firm_are_numbered(federation: Actor) -> None:
    poll = open_poll(federation, ASKING, AT)
    ((firm, who),) = firms(1)
    for choice in ("c1", "c2", "c1"):
        vote(who, poll, firm, choice, AT)
    numbers = list(Vote.objects.order_by("pk").values_list("number", flat=True))
    assert numbers[0] == 1
    assert all(after == before + 1 for before, after in pairwise(numbers))
