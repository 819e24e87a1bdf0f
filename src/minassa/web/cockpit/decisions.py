"""What needs a decision: what waits for a committee, votes and sessions, derogations that end soon."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from minassa.governance.models import Session, SessionState
from minassa.governance.public import (
    derogations_for,
    sessions_for,
    waiting_amendments,
    waiting_cases,
    waiting_claims,
    waiting_conventions,
    waiting_restitutions,
)
from minassa.registry.public import Actor, allowed
from minassa.steering.indicators.alerts import Raised, raised_now
from minassa.web.committees.derogations import SOON_DAYS
from minassa.web.home.sittings import sittings
from minassa.web.indicators import wording

MOST: Final = 5


def decisions(actor: Actor, now: datetime) -> dict[str, Any]:
    """What waits, by kind, with the page where it is put to a vote; the votes that wait for the reader come first."""
    waiting: list[tuple[str, QuerySet[Any]]] = [
        (_("demandes de primes à décider"), waiting_claims()),
        (_("dossiers à décider"), waiting_cases()),
        (_("conventions à décider"), waiting_conventions()),
        (_("avenants à décider"), waiting_amendments()),
        (_("restitutions à décider"), waiting_restitutions()),
    ]
    counted = [(label, rows.count()) for label, rows in waiting]
    return {
        "alerts": [_alert(one) for one in raised_now()],
        "waiting": [(label, number) for label, number in counted if number],
        "agenda": _agenda(actor),
        "sittings": sittings(actor, now),
        "ending": _ending(actor),
        "soon_days": SOON_DAYS,
    }


def _alert(one: Raised) -> dict[str, Any]:
    """An alert in words: what it is on, the value that raised it, when, its threshold."""
    unit = one.indicator.unit
    return {
        "indicator": one.indicator,
        "value": wording.shown(unit, one.alert.value),
        "period": wording.period_words(one.indicator.frequency, one.alert.period),
        "since": one.alert.vintage.kept_at,
        "threshold": wording.shown(unit, one.threshold.raised),
        "side": one.threshold.side,
        "note": one.threshold.note,
        "status": one.threshold.status,
    }


def _agenda(actor: Actor) -> str:
    """Where what waits is put on an agenda: the draft of the next session, else a new one; empty for who may not."""
    if not allowed(actor, "session.prepare", None):
        return ""
    draft: Session | None = sessions_for(actor).filter(state=SessionState.DRAFT).order_by("planned_at").first()
    return reverse("session-agenda", args=[draft.uuid]) if draft else reverse("session-new")


def _ending(actor: Actor) -> list[Any]:
    """The derogations in force whose term is near, the nearest first."""
    today = timezone.localdate()
    near = derogations_for(actor).filter(
        closed_at__isnull=True, ends__gte=today, ends__lte=today + timedelta(SOON_DAYS)
    )
    return list(near.order_by("ends")[:MOST])
