"""A lead from its event to its end: opened, qualified, proposed to P2I, answered by them, won or lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minassa.delays import instant_of, local_day
from minassa.journal.public import append
from minassa.markets.countries import LANGUAGES, markets
from minassa.markets.errors import MarketError, StaleLead
from minassa.markets.models import Commission, Event, EventKind, Lead, LeadState, Proposed, Reply, Segment
from minassa.markets.policies import promotes
from minassa.markets.states import LEAD_MOVES, LeadEvent
from minassa.registry.acting import RowAct, acting_on_row
from minassa.registry.models import Enterprise, Park
from minassa.registry.public import Actor, require
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import month_of

LONGEST: Final = 4_000
MOST_PLACES: Final = 100_000
_ANSWERS: Final = frozenset({LeadEvent.ANSWER, LeadEvent.DECLINE})


@dataclass(frozen=True, slots=True)
class EventTold:
    """An event as somebody tells it."""

    kind: str
    name: str
    market: str
    segment: str
    starts_on: date
    ends_on: date
    place: str
    commission: str
    organiser: str


@dataclass(frozen=True, slots=True)
class LeadTold:
    """A lead as somebody tells it; `by_month` is the index of a month."""

    company: str
    market: str
    segment: str
    filiere: int
    skills: str
    languages: tuple[str, ...]
    places_wanted: int
    by_month: int
    confidential: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What a P2I offers a lead: places, days until they are ready, price by post and month in centimes, its source."""

    places: int
    delay_days: int
    cents_post_month: int | None
    price_source: str
    said: str = ""


def stream_of(lead: Lead) -> str:
    """The stream of a lead in the journal."""
    return f"market-lead:{lead.uuid}"


def record_event(actor: Actor, told: EventTold, at: datetime) -> Event:
    """Write an event. MarketError for what cannot be."""
    require(actor, "market.write")
    _require_known(told.market, told.segment)
    if told.kind not in EventKind or (told.commission and told.commission not in Commission):
        raise MarketError(_("Choisissez le genre de l'événement et sa commission dans les listes."))
    if not all(text.strip() for text in (told.name, told.place, told.organiser)):
        raise MarketError(_("Dites le nom de l'événement, son lieu et qui l'organise."))
    if told.ends_on < told.starts_on:
        raise MarketError(_("Le dernier jour précède le premier : vérifiez les deux dates."))
    values = {name: getattr(told, name) for name in EventTold.__dataclass_fields__}
    with transaction.atomic():
        made = Event.objects.create(**values, synthetic=settings.MINASSA_DEMONSTRATION, by=str(actor), at=at)
        body = {"kind": made.kind, "market": made.market, "segment": made.segment}
        append(f"market-event:{made.uuid}", "market.event-recorded", str(actor), body, at)
    return made


def open_lead(actor: Actor, event: Event | None, told: LeadTold, at: datetime) -> Lead:
    """Write a new lead, from an event or from none. MarketError for what cannot be."""
    require(actor, "market.write")
    _require_known(told.market, told.segment)
    if not told.company.strip():
        raise MarketError(_("Dites le nom de l'entreprise."))
    if told.filiere not in set(Filiere) - {Filiere.NONE} or set(told.languages) - set(LANGUAGES):
        raise MarketError(_("Choisissez la filière et les langues dans les listes."))
    if not 1 <= told.places_wanted <= MOST_PLACES:
        raise MarketError(_("Le nombre de places voulues va de 1 à 100 000."))
    values = {name: getattr(told, name) for name in LeadTold.__dataclass_fields__ if name != "languages"}
    with transaction.atomic():
        made = Lead.objects.create(
            **values,
            languages=list(told.languages),
            event=event,
            synthetic=settings.MINASSA_DEMONSTRATION,
            opened_at=at,
            touched_at=at,
        )
        body = {"market": made.market, "segment": made.segment, "places": made.places_wanted}
        append(stream_of(made), "market.lead-open", str(actor), body, at)
    return made


def qualify(actor: Actor, lead: Lead, at: datetime, *, expected: int | None = None) -> None:
    """Say that a lead is worth following."""
    with _acting(actor, LeadEvent.QUALIFY, lead, at, expected) as act:
        act.tell("market.lead-qualify")


def propose(
    actor: Actor,
    lead: Lead,
    place: int,
    reasons: Sequence[Mapping[str, Any]],
    at: datetime,
    *,
    expected: int | None = None,
) -> Proposed:
    """Propose a lead to a P2I, with the reasons that were shown. MarketError when it was, or when nobody manages it."""
    with _acting(actor, LeadEvent.PROPOSE, lead, at, expected) as act:
        if not Park.objects.filter(place=place).exists():
            raise MarketError(_("Personne ne gère cette P2I : elle ne pourrait pas répondre."))
        if act.row.proposed.filter(place=place).exists():
            raise MarketError(_("Cette piste lui est déjà proposée."))
        made = act.row.proposed.create(place=place, reasons=list(reasons), by=str(actor), at=act.at)
        act.tell("market.lead-propose", place=place)
    return made


def answer(actor: Actor, lead: Lead, place: int, offer: Offer, at: datetime, *, expected: int | None = None) -> None:
    """Answer for a P2I what it offers. MarketError for an offer that says too little."""
    if not 1 <= offer.places <= MOST_PLACES or not 0 <= offer.delay_days <= MOST_PLACES:
        raise MarketError(_("Dites combien de places, et dans combien de jours."))
    if not offer.price_source.strip() or (offer.cents_post_month is not None and offer.cents_post_month < 0):
        raise MarketError(_("Dites d'où vient le prix : votre fiche, un devis, un barème."))
    with _acting(actor, LeadEvent.ANSWER, lead, at, expected) as act:
        Reply.objects.create(
            proposed=_to_answer(actor, act.row, place),
            accepted=True,
            places=offer.places,
            delay_days=offer.delay_days,
            cents_post_month=offer.cents_post_month,
            price_source=offer.price_source.strip(),
            said=offer.said.strip()[:LONGEST],
            by=str(actor),
            at=act.at,
        )
        act.tell("market.lead-answer", place=place, places=offer.places, delay_days=offer.delay_days)


def decline(actor: Actor, lead: Lead, place: int, why: str, at: datetime, *, expected: int | None = None) -> None:
    """Decline for a P2I, saying why."""
    said = _why(why)
    with _acting(actor, LeadEvent.DECLINE, lead, at, expected) as act:
        found = _to_answer(actor, act.row, place)
        Reply.objects.create(proposed=found, accepted=False, said=said, by=str(actor), at=act.at)
        act.tell("market.lead-decline", place=place)


def win(
    actor: Actor,
    lead: Lead,
    enterprise: Enterprise,
    signed_month: int,
    jobs_promised: int,
    at: datetime,
    *,
    expected: int | None = None,
) -> None:
    """Say that a contract was signed, in which month and by which firm here, and the jobs it promised."""
    if signed_month > month_of(local_day(instant_of(at))):
        raise MarketError(_("Le mois de la signature n'est pas à venir."))
    if not 1 <= jobs_promised <= MOST_PLACES:
        raise MarketError(_("Le nombre d'emplois promis va de 1 à 100 000."))
    with _acting(actor, LeadEvent.WIN, lead, at, expected) as act:
        if not Reply.objects.filter(proposed__lead=act.row, accepted=True).exists():
            raise MarketError(_("Aucune P2I n'a accepté cette piste."))
        act.set(enterprise=enterprise, signed_month=signed_month, jobs_promised=jobs_promised)
        act.tell("market.lead-win", enterprise=str(enterprise.uuid), jobs=jobs_promised)


def lose(actor: Actor, lead: Lead, why: str, at: datetime, *, expected: int | None = None) -> None:
    """Say that a lead is lost, and why."""
    said = _why(why)
    with _acting(actor, LeadEvent.LOSE, lead, at, expected) as act:
        act.set(lost_reason=said)
        act.tell("market.lead-lose")


def visible_leads(actor: Actor) -> QuerySet[Lead]:
    """The leads that the actor may know of: all for promoters, those proposed to its P2I for who manages one."""
    every = Lead.objects.select_related("event", "enterprise").order_by("-touched_at", "-pk")
    if promotes(actor):
        return every
    return every.filter(pk__in=Proposed.objects.filter(place__in=actor.places).values("lead"))


def _to_answer(actor: Actor, lead: Lead, place: int) -> Proposed:
    found = lead.proposed.filter(place=place).first() if place in actor.places else None
    if found is None:
        raise MarketError(_("Cette piste n'est pas proposée à votre P2I."))
    if Reply.objects.filter(proposed=found).exists():
        raise MarketError(_("Votre P2I a déjà répondu."))
    return found


def _require_known(market: str, segment: str) -> None:
    if market not in markets() or segment not in Segment:
        raise MarketError(_("Choisissez le marché et le segment dans les listes."))


def _why(text: str) -> str:
    if not text.strip():
        raise MarketError(_("Dites pourquoi."))
    return text.strip()[:LONGEST]


@contextmanager
def _acting(actor: Actor, event: LeadEvent, lead: Lead, at: datetime, expected: int | None) -> Iterator[RowAct[Lead]]:
    def act_on(row: Lead) -> RowAct[Lead]:
        return RowAct(row, actor, at, stream_of(row))

    name = "market.answer" if event in _ANSWERS else "market.write"
    with acting_on_row(lead, act_on, actor, name, expected, _stale) as act:
        act.set(state=LEAD_MOVES.after(LeadState(act.row.state), event))
        yield act


def _stale(_row: Lead) -> StaleLead:
    return StaleLead(_("Quelqu'un a changé cette piste entre-temps : relisez, puis recommencez."))
