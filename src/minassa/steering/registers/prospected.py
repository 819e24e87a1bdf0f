"""What markets give to open data: events by market, and what came of them where enough firms stand behind.

No total is told beside markets: nothing can be worked out by taking one from the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from minassa.markets.models import Event, Lead, LeadState
from minassa.outlook.disclosure.parameters import control
from minassa.outlook.disclosure.sensitivity import reasons

Row = dict[str, Any]


def prospected() -> Iterator[Row]:
    """A row for each market where there was an event or a lead, by its code."""
    events = Counter(Event.objects.values_list("market", flat=True))
    leads: dict[str, list[Lead]] = defaultdict(list)
    for lead in Lead.objects.order_by("pk"):
        leads[lead.market].append(lead)
    for market in sorted({*events, *leads}):
        yield {"marche": market, "evenements": events[market], **_told(leads[market])}


def _told(leads: list[Lead]) -> Mapping[str, int | None]:
    """Counts of a market, none that few firms make; jobs promised, where no firm would be known by them."""
    promised: dict[int, int] = {}
    for lead in leads:
        if lead.state == LeadState.WON and lead.enterprise_id is not None:
            promised[lead.enterprise_id] = promised.get(lead.enterprise_id, 0) + (lead.jobs_promised or 0)
    kept = bool(promised) and not reasons(promised, sum(promised.values()), control())
    enough = control().fewest_firms.value
    # A prospect is a company too, though no register holds it.
    return {
        "pistes": len(leads) if not leads or len(leads) >= enough else None,
        "contrats": len(promised) if not promised or kept else None,
        "emplois_promis": sum(promised.values()) if kept else None,
    }
