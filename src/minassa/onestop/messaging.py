"""Messages inside a case, between the enterprise and those who take part."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from minassa.onestop.acting import acting
from minassa.onestop.case_models import Case
from minassa.onestop.errors import CaseError
from minassa.onestop.file_models import Message
from minassa.onestop.policies import FIRM, OVERSEERS
from minassa.registry.public import Actor, Forbidden

LONGEST = 5_000


def say(actor: Actor, case: Case, text: str, body_code: str, at: datetime) -> Message:
    """Write a message in a case; `body_code`: read by that body and the enterprise alone, empty: by all who take part.

    Forbidden for a body that writes under the code of another. The text itself stays out of the journal.
    """
    written = text.strip()
    if not written or len(written) > LONGEST:
        raise CaseError(_("Un message a de 1 à %(longest)s signes.") % {"longest": LONGEST})
    with acting(actor, "case.message", case, at) as act:
        firm = actor.may_act_for(act.case.enterprise_id, *FIRM)
        if body_code and not firm and not actor.in_body(body_code):
            raise Forbidden(_("Un message réservé s'écrit au nom de votre service."), body=body_code)
        act.tell("case.message", body=body_code)
        return Message.objects.create(case=act.case, author=str(actor), body_code=body_code, text=written, at=act.at)


def messages_for(actor: Actor, case: Case) -> QuerySet[Message]:
    """Messages of a case that the actor may read, the oldest first; who may open the case is checked by the caller."""
    messages = Message.objects.filter(case=case).order_by("pk")
    if actor.may_act_for(case.enterprise_id, *FIRM) or actor.has_role(*OVERSEERS):
        return messages
    return messages.filter(Q(body_code="") | Q(body_code__in=actor.bodies()))
