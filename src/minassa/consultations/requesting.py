"""A firm asks or proposes; those who follow consultations answer. Each act is one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minassa.consultations.errors import ConsultationError, StaleConsultation
from minassa.consultations.models import FirmRequest, RequestState, Topic
from minassa.consultations.policies import FIRM, HOLDERS
from minassa.consultations.wording import line, paragraph
from minassa.journal.public import append
from minassa.registry.acting import RowAct, acting_on_row
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require


def ask(
    actor: Actor, enterprise: Enterprise, topic: str, subject: str, said: str, at: datetime, *, synthetic: bool = False
) -> FirmRequest:
    """A firm asks or proposes something. ConsultationError says what is missing."""
    require(actor, "consultation.speak", enterprise)
    if topic not in Topic.values:
        raise ConsultationError(_("Choisissez de quoi vous parlez."))
    with transaction.atomic():
        made = FirmRequest.objects.create(
            enterprise=enterprise,
            topic=topic,
            subject=line(subject, _("Dites l'objet de votre demande.")),
            said=paragraph(said, _("Dites ce que vous demandez ou proposez.")),
            synthetic=synthetic,
            by=str(actor),
            at=at,
            touched_at=at,
        )
        append(stream_of_request(made), "consultation.asked", str(actor), {"topic": topic}, at)
    return made


def answer(actor: Actor, row: FirmRequest, said: str, at: datetime, *, expected: int | None = None) -> None:
    """Answer a request, once. ConsultationError, StaleConsultation."""
    with _acting(actor, row, "consultation.answer", at, expected) as act:
        written = paragraph(said, _("Écrivez votre réponse."))
        act.set(state=RequestState.ANSWERED, answer=written, answered_by=str(actor), answered_at=act.at)
        act.tell("consultation.answered")


def withdraw(actor: Actor, row: FirmRequest, at: datetime, *, expected: int | None = None) -> None:
    """A firm takes its request back before it is answered."""
    with _acting(actor, row, "consultation.withdraw", at, expected) as act:
        act.set(state=RequestState.WITHDRAWN)
        act.tell("consultation.withdrawn")


def requests_for(actor: Actor) -> QuerySet[FirmRequest]:
    """The requests that the actor may read, the latest first: those of its firms, all for who follows them."""
    rows = FirmRequest.objects.select_related("enterprise").order_by("-pk")
    return rows if actor.has_role(*HOLDERS) else rows.filter(enterprise__in=actor.enterprises(*FIRM))


def stream_of_request(row: FirmRequest) -> str:
    """The stream of a request in the journal."""
    return f"consultation:{row.uuid}"


@contextmanager
def _acting(
    actor: Actor, row: FirmRequest, name: str, at: datetime, expected: int | None
) -> Iterator[RowAct[FirmRequest]]:
    def act_of(held: FirmRequest) -> RowAct[FirmRequest]:
        return RowAct(held, actor, at, stream_of_request(held))

    with acting_on_row(row, act_of, actor, name, expected, _stale) as act:
        if act.row.state != RequestState.RECEIVED:
            raise ConsultationError(_("Cette demande a déjà reçu sa suite : relisez-la."))
        yield act


def _stale(_row: FirmRequest) -> StaleConsultation:
    return StaleConsultation(_("Cette demande a été changée entre-temps : relisez-la."))
