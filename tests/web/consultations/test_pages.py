"""Pages of consultations: what is typed is kept when refused, each person reads what is his or hers, days are told."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from minassa.commitments.models import Recommendation
from minassa.commitments.public import Origin, draft, propose, recommendations_from
from minassa.consultations.models import Attendance, FirmRequest, Hearing, Meeting, Poll, Presence
from minassa.consultations.public import Announced, announce, note_presence, sign_up, withdraw
from minassa.registry.models import Body, Enterprise, Role
from minassa.registry.public import Actor
from tests.onestop.world import World, appointed, make_world
from tests.web.cases.people import client_of
from tests.web.consultations_world import Consulted, make_consultations, wanted
from tests.web.session_world import Sitting, seated

pytestmark = pytest.mark.django_db
TYPED = "Ce qui était écrit EXEMPLE"


@pytest.fixture
def world(db: None) -> World:
    del db
    return make_world()


@pytest.fixture
def federation(world: World) -> Actor:
    assert world.secretary.signed_in
    return appointed("federation", Body.objects.get(code="minassa"), Role.FEDERATION)


@pytest.fixture
def firm(world: World) -> Enterprise:
    return Enterprise.objects.get(pk=world.enterprise.pk)


@pytest.fixture
def said(world: World, firm: Enterprise, federation: Actor) -> Consulted:
    return make_consultations(world.preparer, firm, world.secretary, federation, timezone.now())


def of(actor: Actor) -> Client:
    """The browser of someone of the world."""
    return client_of(actor.email.partition("@")[0])


def text_of(client: Client, address: str) -> str:
    return html.unescape(client.get(address).text)


def drafting(**given: str) -> dict[str, str]:
    due = f"{timezone.localdate() + timedelta(days=400):%Y-%m}"
    return {"action": TYPED, "level": "policy", "lead": "apebi", "due": due} | given


@pytest.mark.parametrize(
    ("route", "given"),
    [
        ("poll-new", {"fr": TYPED, "choices": "Un | واحد\nDeux"}),
        ("poll-new", {"fr": TYPED, "ar": "سؤال", "opens_on": "2030-01-05", "closes_on": "2030-01-01", "choices": "x"}),
        ("meeting-new", {"title": TYPED, "on": "2020-01-01", "place": "Fès", "capacity": "5"}),
        ("meeting-new", {"title": TYPED, "on": "hier", "place": "Fès", "capacity": "0"}),
        ("audition-new", {"title": TYPED, "on": "2020-01-01", "ice": "001", "points": "Un"}),
        ("audition-new", {"title": TYPED, "on": "2999-01-01", "body": "cnss", "points": "Un"}),
        ("audition-new", {"title": TYPED, "on": "2020-01-01", "points": "Un"}),
        ("recommendation-draft", drafting(target="12")),
        ("recommendation-draft", drafting(indicator="declared_jobs", target="1,5")),
        ("recommendation-draft", drafting(indicator="declared_jobs", target="beaucoup")),
        ("recommendation-draft", drafting(cost="-1")),
        ("recommendation-draft", drafting(due="2020-01")),
        ("recommendation-draft", drafting(lead="personne")),
    ],
)
def test_what_is_typed_is_kept_when_it_is_refused(federation: Actor, route: str, given: dict[str, str]) -> None:
    before = (Poll.objects.count(), Meeting.objects.count(), Hearing.objects.count(), Recommendation.objects.count())
    refused = of(federation).post(reverse(route), given)
    assert refused.status_code == 422
    assert TYPED in html.unescape(refused.text)
    now = (Poll.objects.count(), Meeting.objects.count(), Hearing.objects.count(), Recommendation.objects.count())
    assert now == before


def test_a_firm_speaks_for_itself_alone_and_what_it_typed_is_kept(world: World, firm: Enterprise) -> None:
    other = Enterprise.objects.exclude(pk=firm.pk).first() or Enterprise.objects.create(ice="9" * 15, name="EXEMPLE")
    address = reverse("firm-request-new")
    for given in ({"enterprise": str(other.uuid)}, {"enterprise": "personne"}, {"enterprise": str(firm.uuid)}):
        refused = of(world.preparer).post(address, {"topic": "x", "subject": TYPED, "said": "Texte", **given})
        assert refused.status_code == 422
        assert TYPED in html.unescape(refused.text)
    assert not FirmRequest.objects.exists()


def test_an_answer_on_a_page_read_before_is_refused_and_kept(world: World, said: Consulted) -> None:
    address = reverse("firm-request", args=[said.request.uuid])
    assert of(world.secretary).post(address, {"answer": " ", "version": "0"}).status_code == 422
    assert of(world.secretary).post(address, {"answer": "Réponse EXEMPLE", "version": "0"}).status_code == 302
    stale = of(world.secretary).post(address, {"answer": TYPED, "version": "0"})
    assert stale.status_code == 409
    assert TYPED in html.unescape(stale.text)
    assert FirmRequest.objects.get(pk=said.request.pk).answer == "Réponse EXEMPLE"


def test_a_poll_says_that_it_is_not_open_yet_then_what_a_firm_chose(world: World, said: Consulted) -> None:
    poll, day = said.poll, timezone.localdate()
    client = of(world.preparer)
    coming = Poll.objects.create(
        titles=poll.titles,
        choices=poll.choices,
        opens_on=day + timedelta(days=3),
        closes_on=day + timedelta(days=9),
        by="x",
        at=timezone.now(),
    )
    shown = text_of(client, reverse("poll", args=[coming.uuid]))
    assert "pas encore ouvert" in shown
    assert "Premier" in shown
    assert "pas encore ouvert" in text_of(client, reverse("consultations"))
    refused = client.post(reverse("poll", args=[coming.uuid]), {"enterprise": world.enterprise.uuid, "choice": "c1"})
    assert refused.status_code == 302
    assert not coming.votes.exists()
    closed = Poll.objects.create(
        titles=poll.titles,
        choices=poll.choices,
        opens_on=day - timedelta(days=9),
        closes_on=day - timedelta(days=3),
        by="x",
        at=timezone.now(),
    )
    closed.votes.create(enterprise_id=world.enterprise.pk, number=1, choice="c2", by="x", at=timezone.now())
    shown = text_of(client, reverse("poll", args=[closed.uuid]))
    assert "Deuxième</bdi></strong>" in shown
    assert "Trop peu d'entreprises" in shown
    assert "Deuxième</bdi></strong>" not in text_of(of(world.secretary), reverse("poll", args=[closed.uuid]))


def test_who_came_is_not_undone_by_the_firm(world: World, firm: Enterprise, federation: Actor) -> None:
    now = timezone.now()
    meeting = announce(federation, Announced("EXEMPLE", "", "Rabat", timezone.localdate(), 5), now)
    sign_up(world.preparer, meeting, firm, now, comes=True)
    note_presence(federation, meeting, [firm.pk], now)
    address = reverse("meeting", args=[meeting.uuid])
    assert "S'inscrire" not in text_of(of(world.preparer), address)
    for given in ({}, {"cancel": "1"}):
        of(world.preparer).post(address, {"enterprise": firm.uuid, **given})
        assert Attendance.objects.get().state == Presence.CAME


def test_an_origin_is_kept_under_its_one_number_and_stands(said: Consulted, federation: Actor) -> None:
    number, address = str(said.request.uuid), reverse("recommendation-draft")
    unapproved = str(said.heard.points.order_by("rank")[0].uuid)
    written = [f"request:{number.upper()}", f"request:{number}", f"hearing:{unapproved}", "request:x", "?:1", "x"]
    assert "Demande EXEMPLE" in text_of(of(federation), f"{address}?origin={written[0]}")
    before = recommendations_from("request", [number]).count()
    done = of(federation).post(address, {**drafting(), "origin": written})
    assert done.status_code == 302
    made = Recommendation.objects.latest("pk")
    assert made.origins == [{"kind": "request", "number": number}]
    assert recommendations_from("request", [number]).count() == before + 1
    assert not recommendations_from("poll", [number]).exists()
    assert not recommendations_from("request", []).exists()


def test_nothing_is_drawn_from_words_taken_back(world: World, firm: Enterprise, federation: Actor) -> None:
    said = make_consultations(world.preparer, firm, world.secretary, federation, timezone.now())
    address = reverse("firm-request", args=[said.request.uuid])
    assert "origin=request" in of(federation).get(address).text
    withdraw(world.preparer, said.request, timezone.now())
    assert "origin=request" not in of(federation).get(address).text
    shown = text_of(of(federation), f"{reverse('recommendation-draft')}?origin=request:{said.request.uuid}")
    assert "Demande EXEMPLE" not in shown


def test_an_agenda_in_preparation_is_known_to_who_prepares_it_alone(
    world: World, said: Consulted, federation: Actor
) -> None:
    now = timezone.now()
    made = draft(world.secretary, wanted(now), [Origin("request", str(said.request.uuid))], now)
    propose(world.secretary, made, now)
    sitting: Sitting = seated(world.secretary, now)
    put = ("recommendation", str(made.uuid), "adopt", {"ground": ""})
    session = sitting.drafted(now + timedelta(days=20), put)
    mine, one = reverse("chain-mine"), reverse("recommendation", args=[made.uuid])
    assert session.reference not in text_of(of(world.preparer), mine)
    assert session.reference not in text_of(of(federation), one)
    assert session.reference not in text_of(of(federation), reverse("chain"))
    assert session.reference in text_of(of(world.secretary), one)
    convened = sitting.convened(now + timedelta(days=30), ("motion", "", "adopt", {"title": "x", "text": "y"}))
    assert convened.reference not in text_of(of(world.preparer), mine)


def test_a_firm_reads_what_became_of_its_own_words_alone(world: World, said: Consulted) -> None:
    mine = text_of(of(world.preparer), reverse("chain-mine"))
    assert said.adopted.reference in mine
    assert said.recommendation.reference not in mine  # a draft is its writer's
    other = text_of(of(world.stranger), reverse("chain-mine"))
    assert said.adopted.reference not in other
    assert "Demande EXEMPLE" not in other
