"""A lead from an event to a contract: each step, by whom, what is refused, and who may know of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from minassa.journal.public import Entry
from minassa.markets.errors import ImpossibleStep, MarketError, StaleLead
from minassa.markets.models import Lead, LeadState, Reply
from minassa.markets.public import (
    EventTold,
    LeadTold,
    Offer,
    answer,
    decline,
    lose,
    open_lead,
    propose,
    qualify,
    record_event,
    stream_of,
    visible_leads,
    win,
)
from minassa.registry.models import Body, Park, Role
from minassa.registry.public import Actor, Forbidden
from minassa.vocabulary.periods import month_index
from tests.onestop.world import SINCE, World, appointed, make_world

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
EVENT = EventTold("fair", "Salon EXEMPLE", "FR", "offshoring", DAY, DAY, "Paris", "europe", "Organisateur EXEMPLE")
LEAD = LeadTold("CLIENT FICTIF", "FR", "offshoring", 2, "Relation client", ("fr",), 40, month_index(2027, 1), True)
OFFER = Offer(30, 60, 250_000, "Barème EXEMPLE")
SIGNED = month_index(2026, 3)


@dataclass
class Scene:
    world: World
    promoter: Actor
    park: Actor
    other: Actor
    lead: Lead
    now: datetime


@pytest.fixture
def scene() -> Scene:
    world, now = make_world(), timezone.now()
    promoter = appointed("federation", Body.objects.get(code="minassa"), Role.FEDERATION)
    Park.objects.create(place=102, manager=Body.objects.get(code="cri"), since=SINCE)
    park = appointed("p2i", Body.objects.get(code="casanearshore-manager"), Role.PARK_MANAGER)
    other = appointed("autre", Body.objects.get(code="cri"), Role.PARK_MANAGER)
    lead = open_lead(promoter, record_event(promoter, EVENT, now), LEAD, now)
    return Scene(world, promoter, park, other, lead, now)


def test_a_lead_goes_from_an_event_to_a_contract_and_the_journal_tells_it(scene: Scene) -> None:
    lead, now = scene.lead, scene.now
    qualify(scene.promoter, lead, now)
    propose(scene.promoter, lead, 101, [{"reason": "room", "there": 50, "wanted": 40}], now)
    answer(scene.park, lead, 101, OFFER, now)
    win(scene.promoter, lead, scene.world.enterprise, SIGNED, 30, now)
    assert (lead.state, lead.jobs_promised) == (LeadState.WON, 30)
    kinds = list(Entry.objects.filter(stream=stream_of(lead)).order_by("number").values_list("kind", flat=True))
    assert kinds == [f"market.lead-{step}" for step in ("open", "qualify", "propose", "answer", "win")]
    with pytest.raises(ImpossibleStep):
        lose(scene.promoter, lead, "Motif EXEMPLE", now)
    with pytest.raises(DatabaseError), transaction.atomic():
        Reply.objects.update(places=1)


def test_only_the_p2i_asked_knows_of_a_lead_and_answers_it_once(scene: Scene) -> None:
    lead, now = scene.lead, scene.now
    assert not visible_leads(scene.park).exists()
    qualify(scene.promoter, lead, now)
    propose(scene.promoter, lead, 101, [], now)
    assert visible_leads(scene.park).get() == lead
    assert not visible_leads(scene.other).exists()
    with pytest.raises(Forbidden):
        answer(scene.other, lead, 101, OFFER, now)
    with pytest.raises(MarketError):
        propose(scene.promoter, lead, 101, [], now)
    propose(scene.promoter, lead, 102, [], now)
    with pytest.raises(MarketError):
        answer(scene.other, lead, 101, OFFER, now)
    decline(scene.other, lead, 102, "Plus de place (exemple).", now)
    with pytest.raises(MarketError):
        decline(scene.other, lead, 102, "Encore.", now)
    with pytest.raises(MarketError):
        win(scene.promoter, lead, scene.world.enterprise, SIGNED, 30, now)
    answer(scene.park, lead, 101, OFFER, now)
    assert lead.state == LeadState.ANSWERED


def test_what_cannot_be_is_refused_with_a_sentence(scene: Scene) -> None:
    lead, now = scene.lead, scene.now
    with pytest.raises(ImpossibleStep):
        propose(scene.promoter, lead, 101, [], now)
    for wrong in (
        replace(LEAD, company=" "),
        replace(LEAD, market="XX"),
        replace(LEAD, filiere=0),
        replace(LEAD, languages=("xx",)),
        replace(LEAD, places_wanted=0),
    ):
        with pytest.raises(MarketError):
            open_lead(scene.promoter, None, wrong, now)
    with pytest.raises(MarketError):
        record_event(scene.promoter, replace(EVENT, ends_on=date(2026, 3, 1)), now)
    with pytest.raises(MarketError):
        lose(scene.promoter, lead, " ", now)
    qualify(scene.promoter, lead, now, expected=0)
    with pytest.raises(StaleLead):
        lose(scene.promoter, lead, "Motif EXEMPLE", now, expected=0)
    propose(scene.promoter, lead, 101, [], now)
    for offer in (replace(OFFER, places=0), replace(OFFER, price_source="")):
        with pytest.raises(MarketError):
            answer(scene.park, lead, 101, offer, now)
    answer(scene.park, lead, 101, OFFER, now)
    with pytest.raises(MarketError):
        win(scene.promoter, lead, scene.world.enterprise, month_index(2090, 1), 30, now)


def test_only_promoters_who_write_do(scene: Scene) -> None:
    steering = appointed("copil", Body.objects.get(code="copil"), Role.STEERING_MEMBER)
    for stranger in (steering, scene.park, scene.world.member, scene.world.signer):
        with pytest.raises(Forbidden):
            qualify(stranger, scene.lead, scene.now)
    assert visible_leads(steering).exists()
    assert not visible_leads(scene.world.member).exists()
