"""What the committees have before them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from minassa.onestop.models import CaseState
from minassa.onestop.public import Filters, cases_counted, cases_for, together
from minassa.registry.public import Actor, allowed

MOST: Final = 8


def deciding(actor: Actor, now: datetime) -> Mapping[str, Any]:
    """Cases to decide and appeals, those that this actor may decide marked."""
    filters = Filters(states=(CaseState.TO_DECIDE, CaseState.APPEALED))
    found = cases_for(actor, filters, size=MOST)
    rows = [{"case": case, "mine": allowed(actor, "case.decide", case)} for case in found.rows]
    counted = together(actor, waiting=cases_counted(actor, filters))
    return {"rows": rows, **counted, "more": bool(found.next), "now": now}
