"""Sends messages already delivered once more, to a body whose system lost its data; their numbers stay the same.

A system that still knows a number has nothing to do. One that answers again is given the outcome of its first answer,
or a refusal: whatever it does, each message has one effect.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.journal.public import append
from minassa.onestop.errors import CaseError
from minassa.onestop.exchange_models import OutboxMessage
from minassa.registry.public import Actor, action, require


@action(
    "message.replay",
    label=gettext_lazy("Renvoyer des messages déjà livrés"),
    roles=("administrator", "supervisor"),
    clients=True,
)
def _may_replay(actor: Actor, destination: str) -> bool:
    own = actor.client_body == destination or actor.in_body(destination, "supervisor")
    return actor.has_role("administrator") or own


def replay(
    actor: Actor, destination: str, at: datetime, *, since: datetime | None = None, after: uuid.UUID | None = None
) -> int:
    """Owe again to a body the messages delivered since an instant, or owed after a message it names; how many.

    Either `since` or `after`. Each case keeps its order: what was on its way is held back until what comes before it
    has been delivered again. CaseError for a number that the body never had. Forbidden.
    """
    require(actor, "message.replay", destination)
    if (since is None) == (after is None):
        raise CaseError(_("Dites depuis quel instant, ou après quel message, les messages sont à renvoyer."))
    with transaction.atomic():
        owed = OutboxMessage.objects.filter(destination=destination)
        lost = owed.filter(delivered_at__gte=since) if after is None else owed.filter(pk__gt=_rank(owed, after))
        count = lost.filter(delivered_at__isnull=False).update(
            delivered_at=None, due_at=at, attempts=0, lease=None, leased_until=None, last_error=""
        )
        # Who is sending one of them loses its lease, so that it is sent again behind those that come before.
        owed.filter(delivered_at__isnull=True, lease__isnull=False).update(lease=None, leased_until=None)
        told = {"destination": destination, "since": since.isoformat() if since else "", "after": str(after or "")}
        append("outbox", "messages.replayed", str(actor), {**told, "count": count}, at)
    return count


def _rank(owed: QuerySet[OutboxMessage], number: uuid.UUID) -> int:
    found = owed.filter(message_id=number).values_list("pk", flat=True).first()
    if found is None:
        raise CaseError(_("Aucun message de ce numéro n'a été adressé à cette administration."))
    return found
