"""What a venture says, checked by another hand; who is counted, who may be told of in public."""

from __future__ import annotations

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from minassa.registry.public import Actor
from minassa.ventures.definition import definition
from minassa.ventures.errors import SameHand, VentureError
from minassa.ventures.models import Claim, Consent, Venture, Verdict
from minassa.ventures.telling import acting


def check(
    actor: Actor, venture: Venture, said: str, at: datetime, *, holds: bool, expected: int | None = None
) -> Verdict:
    """Say whether the last claim holds. SameHand for who made it; VentureError when it has been said already."""
    with acting(actor, venture, "venture.check", at, expected) as act:
        claimed = last_claim(act.row)
        if claimed.by in actor.hands:
            raise SameHand(_("Qui a dit ne vérifie pas."))
        if Verdict.objects.filter(claim=claimed).exists():
            raise VentureError(_("Ce dire a déjà été vérifié."))
        why = " ".join(said.replace("\x00", "").split())[:300]
        if not holds and not why:
            raise VentureError(_("Dites pourquoi cela ne tient pas."))
        made = Verdict.objects.create(claim=claimed, holds=holds, said=why, by=str(actor), at=act.at)
        if holds:
            act.set(checked=claimed)
        act.tell("venture.checked" if holds else "venture.refused", claim=claimed.pk)
    return made


def last_claim(venture: Venture) -> Claim:
    """What the venture says now."""
    return venture.claims.order_by("-pk")[0]


def to_check() -> QuerySet[Venture]:
    """Ventures whose last claim nobody has checked, the oldest first."""
    last = Claim.objects.filter(venture=OuterRef("pk")).order_by("-pk")
    waiting = Venture.objects.annotate(last=Subquery(last.values("pk")[:1]), seen=Subquery(last.values("verdict")[:1]))
    return waiting.filter(seen__isnull=True).order_by("touched_at", "pk")


def public_ventures() -> QuerySet[Venture]:
    """Ventures that may be told of: checked, open, with a consent that was not taken back."""
    last = Consent.objects.filter(venture=OuterRef("pk")).order_by("-pk").values("given")[:1]
    told = Venture.objects.annotate(agreed=Subquery(last)).filter(agreed=True, checked__isnull=False)
    return told.filter(closed_on__isnull=True).select_related("checked").order_by("name", "pk")


def counted() -> QuerySet[Venture]:
    """Ventures that count against the target, by the definition: checked, open, of the kinds that it names."""
    return Venture.objects.filter(kind__in=definition().target.kinds, checked__isnull=False, closed_on__isnull=True)
