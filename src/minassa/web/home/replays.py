"""Whether every claim still gives what it gave, for those who look after the platform and the committees."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from minassa.claims.models import Round
from minassa.claims.public import incidents
from minassa.registry.public import Actor


def replays(actor: Actor, _now: datetime) -> Mapping[str, Any]:
    """How many incidents replays have found, and the last night on which every claim was computed again."""
    last = Round.objects.filter(kind="replay").order_by("-pk").first()
    return {"incidents": incidents(actor).count(), "last": last}
