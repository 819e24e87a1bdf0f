"""The register of derogations: uses are recorded within what was granted, and nothing is used after the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from minassa.governance.acting import said
from minassa.governance.composing import day_of
from minassa.governance.derogation_models import Derogation, DerogationUse
from minassa.governance.errors import DerogationRefused
from minassa.governance.policies import visible_derogations
from minassa.journal.public import append
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require, system_actor

TIMER: Final = system_actor("timer")
EXPIRED: Final = gettext_noop("Le terme de la dérogation est passé.")


@dataclass(frozen=True, slots=True)
class Use:
    """What is granted thanks to a derogation: to whom, under which measure and condition, where, on which day.

    `reference` names it (a claim, a case): the same one is recorded once.
    """

    reference: str
    enterprise: Enterprise
    measure: str
    condition: str
    place: int
    day: date


def derogations_for(actor: Actor) -> QuerySet[Derogation]:
    """The derogations that an actor may know of, the last granted first."""
    require(actor, "derogation.list")
    found = Derogation.objects.filter(visible_derogations(actor)).select_related("enterprise", "item__session")
    return found.prefetch_related("uses").order_by("-granted_at", "-pk")


@transaction.atomic
def use_derogation(actor: Actor, derogation: Derogation, use: Use, at: datetime) -> DerogationUse:
    """Record a use of a derogation; DerogationRefused beyond what it covers, its dates or its closing. Forbidden.

    Recorded again under the same reference, the first use is given back.
    """
    require(actor, "derogation.use", derogation)
    held = Derogation.objects.select_for_update().get(pk=derogation.pk)
    known = DerogationUse.objects.filter(derogation=held, reference=use.reference).first()
    if known is not None:
        return known
    if not covers(held, use):
        raise DerogationRefused(_("Cette dérogation ne couvre pas cet usage."), derogation=held.reference)
    if held.closed_at is not None or not held.starts <= use.day <= held.ends:
        raise DerogationRefused(_("Cette dérogation est close, ou ne vaut pas ce jour-là."), derogation=held.reference)
    made = DerogationUse.objects.create(derogation=held, reference=use.reference, day=use.day, by=str(actor), at=at)
    told = {"use": use.reference, "day": use.day.isoformat()}
    append(stream_of(held), "derogation.used", str(actor), told, at)
    return made


def covers(derogation: Derogation, use: Use) -> bool:
    """Whether a use is within what was granted, its dates apart."""
    return (
        use.enterprise.pk == derogation.enterprise_id
        and derogation.measure in {"", use.measure}
        and derogation.condition == use.condition
        and derogation.place in {0, use.place}
    )


def close_derogation(actor: Actor, derogation: Derogation, reason: str, at: datetime) -> Derogation:
    """Close a derogation before its term, for a reason. Forbidden, DerogationRefused when it is closed."""
    require(actor, "derogation.close", derogation)
    return _closed(actor, derogation, said(reason), at)


@transaction.atomic
def _closed(actor: Actor, derogation: Derogation, reason: str, at: datetime) -> Derogation:
    held = Derogation.objects.select_for_update().get(pk=derogation.pk)
    if held.closed_at is not None:
        raise DerogationRefused(_("Cette dérogation est déjà close."), derogation=held.reference)
    held.closed_at, held.closed_because = at, reason
    held.save(update_fields=["closed_at", "closed_because"])
    append(stream_of(held), "derogation.closed", str(actor), {"derogation": held.reference}, at)
    return held


def expire_next(at: datetime) -> bool:
    """Close one derogation whose term is past; False when there is none. A loop of the worker."""
    waiting = Derogation.objects.filter(closed_at__isnull=True, ends__lt=day_of(at)).order_by("ends", "pk")
    with transaction.atomic():
        due = waiting.select_for_update(skip_locked=True).first()
        if due is not None:
            _closed(TIMER, due, EXPIRED, at)
    return due is not None


def stream_of(derogation: Derogation) -> str:
    """The stream of a derogation in the journal."""
    return f"derogation:{derogation.pk}"
