"""Takes messages owed to bodies under a lease, in the order of each case, and records what became of them.

A message is taken only when no earlier one of the same destination and case is left; a dead one holds back those that
follow it until it is sent again. Who lost its lease cannot record anything: the lease is a fencing token.
"""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.journal.public import append
from minassa.onestop.errors import CaseError
from minassa.onestop.exchange_models import OutboxMessage
from minassa.registry.public import Actor, action, require

BATCH: Final = 50
LEASE: Final = timedelta(seconds=15)
"""What a worker holds it sends within this time or gives back: when it is killed, nothing waits longer for another."""
MOST_ATTEMPTS: Final = 20
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=1), timedelta(minutes=10)
OUTAGE_WAIT: Final = timedelta(seconds=10)
LONGEST_OUTAGE: Final = timedelta(days=3)
"""A system that cannot be reached refuses no message: none is given up before it has been away for so long."""

_TAKE: Final = """
UPDATE onestop_outboxmessage SET lease = %(lease)s, leased_until = %(until)s, attempts = attempts + 1
WHERE id IN (
    SELECT id FROM onestop_outboxmessage AS message
    WHERE destination = %(destination)s AND delivered_at IS NULL AND dead_at IS NULL AND due_at <= %(at)s
      AND (leased_until IS NULL OR leased_until <= %(at)s)
      AND NOT EXISTS (
          SELECT FROM onestop_outboxmessage AS earlier
          WHERE earlier.destination = message.destination AND earlier.case_id = message.case_id
            AND earlier.delivered_at IS NULL AND earlier.id < message.id)
    ORDER BY due_at, id LIMIT %(batch)s FOR UPDATE SKIP LOCKED)
RETURNING id, message_id, kind, body, created_at, attempts
"""
_DESTINATIONS: Final = """
WITH RECURSIVE owed AS (
    SELECT min(destination) AS name FROM onestop_outboxmessage WHERE delivered_at IS NULL AND dead_at IS NULL
    UNION ALL
    SELECT (SELECT min(destination) FROM onestop_outboxmessage
            WHERE delivered_at IS NULL AND dead_at IS NULL AND destination > owed.name)
    FROM owed WHERE owed.name IS NOT NULL)
SELECT name, EXISTS (
    SELECT FROM onestop_outboxmessage
    WHERE delivered_at IS NULL AND dead_at IS NULL AND destination = owed.name OFFSET %(batch)s)
FROM owed WHERE name IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Leased:
    """A message taken by a worker; `lease` is its token."""

    pk: int
    message_id: uuid.UUID
    kind: str
    body: dict[str, Any]
    created_at: datetime
    attempts: int
    lease: uuid.UUID
    leased_until: datetime


def take(destination: str, at: datetime, batch: int = BATCH) -> list[Leased]:
    """Take messages owed to a destination, oldest due first; nobody else has them until the lease ends."""
    lease = uuid.uuid4()
    given: dict[str, Any] = {"lease": lease, "until": at + LEASE, "destination": destination, "at": at, "batch": batch}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, given)
        rows = cursor.fetchall()
    found = [
        Leased(pk, number, kind, json.loads(body), created, attempts, lease, at + LEASE)
        for pk, number, kind, body, created, attempts in rows
    ]
    return sorted(found, key=lambda one: one.pk)


def delivered(messages: Sequence[Leased], at: datetime) -> int:
    """Record deliveries; how many were still ours to record."""
    done = 0
    for lease in {one.lease for one in messages}:
        keys = [one.pk for one in messages if one.lease == lease]
        rows = OutboxMessage.objects.filter(pk__in=keys, lease=lease, delivered_at__isnull=True)
        done += rows.update(delivered_at=at, lease=None, leased_until=None, last_error="")
    return done


def failed(message: Leased, error: str, at: datetime, *, reachable: bool = True) -> bool:
    """Record a failure: tried again later and later, then dead. Whether it was still ours to record.

    When the system could not be reached (not `reachable`) the message is not what is wrong: it is tried again soon.
    """
    dead = message.attempts >= MOST_ATTEMPTS and (reachable or at - message.created_at >= LONGEST_OUTAGE)
    later = wait(message.attempts) if reachable else min(OUTAGE_WAIT, wait(message.attempts))
    rows = OutboxMessage.objects.filter(pk=message.pk, lease=message.lease, delivered_at__isnull=True)
    return bool(
        rows.update(
            lease=None,
            leased_until=None,
            last_error=error[:200],
            due_at=at + later,
            dead_at=at if dead else None,
        )
    )


def released(messages: Sequence[Leased]) -> None:
    """Give back messages that were taken and not tried."""
    for lease in {one.lease for one in messages}:
        keys = [one.pk for one in messages if one.lease == lease]
        OutboxMessage.objects.filter(pk__in=keys, lease=lease).update(
            lease=None, leased_until=None, attempts=F("attempts") - 1
        )


def wait(attempts: int) -> timedelta:
    """How long to wait after so many attempts: doubled each time up to ten minutes, by chance half as much or whole."""
    longest = min(LONGEST_WAIT, FIRST_WAIT * (1 << min(attempts, 20)))
    return longest * random.uniform(0.5, 1)  # noqa: S311 (spreads the load, hides nothing)


def destinations() -> dict[str, bool]:
    """Destinations with a message to send now or later, in order of name, and whether there is more than a batch."""
    with connection.cursor() as cursor:
        cursor.execute(_DESTINATIONS, {"batch": BATCH})
        return dict(cursor.fetchall())


def dead_letters(destination: str = "") -> list[OutboxMessage]:
    """Messages given up, the oldest first; of one destination, or of all."""
    rows = OutboxMessage.objects.filter(dead_at__isnull=False, delivered_at__isnull=True).select_related("case")
    return list((rows.filter(destination=destination) if destination else rows).order_by("pk")[:500])


@action("message.resend", label=gettext_lazy("Renvoyer un message abandonné"), roles=("administrator", "supervisor"))
def _may_resend(actor: Actor, message: OutboxMessage) -> bool:
    return actor.has_role("administrator") or actor.in_body(message.destination, "supervisor")


def resend(actor: Actor, message_id: uuid.UUID, at: datetime) -> OutboxMessage:
    """Send again a message that was given up, under the same number; CaseError for one that was not."""
    with transaction.atomic():
        message = OutboxMessage.objects.select_for_update().filter(message_id=message_id).first()
        if message is None or message.dead_at is None or message.delivered_at is not None:
            raise CaseError(_("Ce message n'est pas abandonné : il n'y a rien à renvoyer."))
        require(actor, "message.resend", message)
        message.dead_at, message.attempts, message.due_at = None, 0, at
        message.save(update_fields=["dead_at", "attempts", "due_at"])
        told = {"message": str(message_id), "destination": message.destination}
        append("outbox", "message.resent", str(actor), told, at)
    return message
