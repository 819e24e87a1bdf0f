"""What firms said, in tests: a request, a poll, an event, two hearings, recommendations that came of them. Invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from minassa.commitments.models import Recommendation
from minassa.commitments.public import Draft, Origin, decide, draft, propose
from minassa.consultations.models import FirmRequest, Hearing, Meeting, Poll
from minassa.consultations.public import Announced, Asking, announce, approve, ask, hear, open_poll, vote
from minassa.delays import instant_of, local_day
from minassa.registry.models import Enterprise, Mandate, Power
from minassa.registry.public import Actor, actor_of, committee_actor
from minassa.vocabulary.periods import month_of
from tests.onestop.world import SINCE, account

TITLES: Final = {"fr": "Question EXEMPLE ?", "ar": "سؤال مثال؟", "en": "Question EXAMPLE?"}
CHOICES: Final = (
    {"fr": "Premier", "ar": "الأول", "en": "First"},
    {"fr": "Deuxième", "ar": "الثاني", "en": "Second"},
    {"fr": "Troisième", "ar": "الثالث", "en": ""},
)
POINTS: Final = ("Premier point EXEMPLE.", "Deuxième point EXEMPLE.")


@dataclass(frozen=True)
class Consulted:
    """One of each; `heard` awaits its approval, `approved` has it; `adopted` came of the request and of a point."""

    request: FirmRequest
    poll: Poll
    meeting: Meeting
    heard: Hearing
    approved: Hearing
    recommendation: Recommendation
    adopted: Recommendation


def wanted(now: datetime, action: str = "Action EXEMPLE", indicator: str = "declared_jobs") -> Draft:
    """A recommendation that an indicator of jobs measures."""
    month = month_of(local_day(instant_of(now)))
    terms = (None, 10_000_000, indicator, "jobs" if indicator else "", 900 if indicator else None, month + 12)
    return Draft(action, "Raison EXEMPLE.", "policy", "apebi", "", *terms, {})


def make_consultations(
    speaker: Actor, enterprise: Enterprise, secretary: Actor, federation: Actor, now: datetime
) -> Consulted:
    """What a firm, the secretariat and the federation did."""
    today = local_day(instant_of(now))
    request = ask(speaker, enterprise, "training", "Demande EXEMPLE", "Ce que nous demandons (EXEMPLE).", now)
    poll = open_poll(federation, Asking(TITLES, CHOICES, today, today + timedelta(days=10)), now, synthetic=True)
    vote(speaker, poll, enterprise, "c2", now)
    told = Announced("Événement EXEMPLE", "", "Rabat", today + timedelta(days=5), 30)
    meeting = announce(secretary, told, now, synthetic=True)
    heard = hear(federation, "Audition EXEMPLE", enterprise, today, POINTS, now, synthetic=True)
    approved = hear(federation, "Autre audition EXEMPLE", enterprise, today, POINTS, now, synthetic=True)
    approve(secretary, approved, now)
    point = approved.points.order_by("rank")[0]
    origins = [Origin("request", str(request.uuid)), Origin("hearing", str(point.uuid))]
    adopted = draft(secretary, wanted(now, "Action adoptée EXEMPLE"), origins, now, synthetic=True)
    propose(secretary, adopted, now)
    decide(committee_actor("CTO-2026-0009/1", (str(federation),)), adopted, "Motif EXEMPLE.", now, adopted=True)
    return Consulted(
        request=request,
        poll=poll,
        meeting=meeting,
        heard=heard,
        approved=approved,
        recommendation=draft(secretary, wanted(now), origins[:1], now, synthetic=True),
        adopted=adopted,
    )


def firms(number: int) -> list[tuple[Enterprise, Actor]]:
    """As many firms, each with someone who speaks for it."""
    found = []
    for rank in range(number):
        firm = Enterprise.objects.create(ice=f"{910_000_000_000_000 + rank}", name=f"EXEMPLE {rank}")
        who = account(f"parle-{rank}")
        Mandate.objects.create(account=who, enterprise=firm, power=Power.PREPARE, since=SINCE)
        found.append((firm, actor_of(who)))
    return found
