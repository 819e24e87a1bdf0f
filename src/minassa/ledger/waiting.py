"""Decisions for which credits lack: kept, shown as waiting, and committed in their order once there are some."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from minassa.journal.public import append
from minassa.ledger.budget_models import Entitlement, Envelope
from minassa.ledger.chart import OperationKind
from minassa.ledger.entitling import commit, locked
from minassa.ledger.envelopes import Place, place_of
from minassa.ledger.errors import EnvelopeExceeded, UnknownSubject
from minassa.ledger.policies import CLAIMS
from minassa.ledger.posting_models import Transaction
from minassa.registry.public import Actor, require, system_actor

BY_ITSELF: Final = system_actor(CLAIMS)


@transaction.atomic
def commit_or_wait(actor: Actor, reference: str, at: datetime) -> Entitlement:
    """Commit the whole of an entitlement; when credits lack, or older ones wait for them, it waits too.

    Done again it changes nothing. Forbidden, UnknownSubject for a reference that nothing bears.
    """
    entitlement = locked(reference)
    require(actor, "entitlement.keep", entitlement)
    if entitlement.awaiting > 0 and not _older(entitlement).exists() and _committed(actor, entitlement, at):
        return entitlement
    if entitlement.awaiting > 0 and not entitlement.awaits_credits:
        _wait(entitlement, waits=True)
        told = {"subject": reference, "amount": entitlement.awaiting}
        append(f"entitlement:{entitlement.pk}", "ledger.awaits-credits", str(actor), told, at)
    return entitlement


def commit_waiting(at: datetime | None = None) -> list[str]:
    """Commit what waits and now can be, the oldest decision first for each envelope; the references committed."""
    moment, done = at or timezone.now(), list[str]()
    while reference := _next():
        with transaction.atomic():
            entitlement = locked(reference)
            if entitlement.awaits_credits and entitlement.awaiting <= 0:
                _wait(entitlement, waits=False)
            elif entitlement.awaits_credits:
                if not _committed(BY_ITSELF, entitlement, moment):
                    break
                done.append(reference)
    return done


def commit_next(at: datetime) -> bool:
    """One piece of the worker's loop: whether something that waited was committed."""
    return bool(commit_waiting(at))


def waiting() -> QuerySet[Entitlement]:
    """What waits for credits, the oldest decision first."""
    return Entitlement.objects.filter(awaits_credits=True).order_by("pk")


def _next() -> str:
    """The oldest entitlement of a place whose credits now suffice for it; empty when there is none."""
    seen: set[Place] = set()
    for one in waiting():
        place = place_of(one)
        if place in seen:
            continue
        if _available(place) >= one.awaiting:
            return one.reference
        seen.add(place)
    return ""


def _committed(actor: Actor, entitlement: Entitlement, at: datetime) -> bool:
    """Commit what is left, if credits suffice; the key counts the commitments before, for some may be given back."""
    before = Transaction.objects.filter(subject=entitlement.reference, kind=OperationKind.COMMITMENT).count()
    key = f"credits:{entitlement.reference}:{before}"
    try:
        commit(actor, entitlement.reference, entitlement.awaiting, key, at)
    except (EnvelopeExceeded, UnknownSubject):
        return False
    if entitlement.awaits_credits:
        _wait(entitlement, waits=False)
    entitlement.refresh_from_db()
    return True


def _wait(entitlement: Entitlement, *, waits: bool) -> None:
    entitlement.awaits_credits = waits
    Entitlement.objects.filter(pk=entitlement.pk).update(awaits_credits=waits)


def _older(entitlement: Entitlement) -> QuerySet[Entitlement]:
    return waiting().filter(**place_of(entitlement)._asdict(), pk__lt=entitlement.pk)


def _available(place: Place) -> int:
    """Centimes that may still be committed, below zero when nothing is open."""
    rows = Envelope.objects.filter(**place._asdict()).annotate(left=F("authorised") - F("committed"))
    found = rows.values_list("left", flat=True).first()
    return -1 if found is None else int(found)
