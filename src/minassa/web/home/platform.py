"""What the administrator of the platform must see first: what is stuck, and since when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Min

from minassa.intake.models import Upload
from minassa.onestop.models import OutboxMessage, Timer
from minassa.registry.public import Actor


def platform(_actor: Actor, now: datetime) -> Mapping[str, Any]:
    """Messages given up, and for each loop of the worker since when its oldest due work waits (None: none is due)."""
    pending = OutboxMessage.objects.filter(delivered_at__isnull=True, dead_at__isnull=True, due_at__lte=now)
    timers = Timer.objects.filter(fired_at__isnull=True, cancelled_at__isnull=True, due_at__lte=now)
    uploads = Upload.objects.filter(due_at__lte=now)
    oldest = {
        "messages": pending.aggregate(at=Min("due_at"))["at"],
        "timers": timers.aggregate(at=Min("due_at"))["at"],
        "uploads": uploads.aggregate(at=Min("due_at"))["at"],
    }
    return {
        "dead": OutboxMessage.objects.filter(dead_at__isnull=False).count(),
        "waits": {name: now - at if at else None for name, at in oldest.items()},
    }
