"""Hearings: minutes written point by point, approved by another hand; each point may lead to a recommendation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from minassa.consultations.errors import ConsultationError, SameHand, StaleConsultation
from minassa.consultations.models import Hearing, HearingPoint
from minassa.consultations.policies import FIRM, HOLDERS
from minassa.consultations.wording import line, paragraph
from minassa.delays import instant_of, local_day
from minassa.journal.public import append
from minassa.registry.acting import RowAct, acting_on_row
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require

MOST_POINTS: Final = 30


def hear(
    actor: Actor,
    title: str,
    heard: Enterprise | str,
    on: date,
    points: Sequence[str],
    at: datetime,
    *,
    synthetic: bool = False,
) -> Hearing:
    """Write the minutes of a hearing of a firm, or of a body by its code. ConsultationError says what is missing."""
    require(actor, "consultation.hold")
    if on > local_day(instant_of(at)):
        raise ConsultationError(_("On écrit ce qui a été entendu : la date n'est pas à venir."))
    written = [paragraph(one, "") for one in points if one.strip()]
    if not 1 <= len(written) <= MOST_POINTS:
        raise ConsultationError(_("Écrivez de 1 à %(most)d points.") % {"most": MOST_POINTS})
    if not heard:
        raise ConsultationError(_("Dites qui a été entendu."))
    firm = heard if isinstance(heard, Enterprise) else None
    with transaction.atomic():
        made = Hearing.objects.create(
            title=line(title, _("Dites l'objet de l'audition.")),
            on=on,
            enterprise=firm,
            body="" if isinstance(heard, Enterprise) else heard,
            synthetic=synthetic,
            by=str(actor),
            at=at,
            touched_at=at,
        )
        HearingPoint.objects.bulk_create(
            HearingPoint(hearing=made, rank=rank, said=said) for rank, said in enumerate(written, start=1)
        )
        append(stream_of_hearing(made), "consultation.heard", str(actor), {"points": len(written)}, at)
    return made


def approve(actor: Actor, hearing: Hearing, at: datetime, *, expected: int | None = None) -> None:
    """Approve minutes. SameHand for who wrote them."""

    def act_of(held: Hearing) -> RowAct[Hearing]:
        return RowAct(held, actor, at, stream_of_hearing(held))

    with acting_on_row(hearing, act_of, actor, "consultation.hold", expected, _stale) as act:
        if act.row.approved_by:
            raise ConsultationError(_("Ce procès-verbal est déjà approuvé."))
        if act.row.by in actor.hands:
            raise SameHand(_("Qui a écrit le procès-verbal ne l'approuve pas."))
        act.set(approved_by=str(actor), approved_at=act.at)
        act.tell("consultation.approved")


def hearings_for(actor: Actor) -> QuerySet[Hearing]:
    """The hearings that the actor may read, the latest first: all for who holds them, else its firms' approved ones."""
    rows = Hearing.objects.select_related("enterprise").order_by("-on", "-pk")
    if actor.has_role(*HOLDERS):
        return rows
    return rows.filter(Q(enterprise__in=actor.enterprises(*FIRM)) & ~Q(approved_by=""))


def stream_of_hearing(hearing: Hearing) -> str:
    """The stream of a hearing in the journal."""
    return f"consultation:{hearing.uuid}"


def _stale(_row: Hearing) -> StaleConsultation:
    return StaleConsultation(_("Ce procès-verbal a été changé entre-temps : relisez-le."))
