"""From events to jobs: how many events, leads, contracts, jobs promised, and jobs declared since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from minassa.markets.models import Event, Lead, LeadState


@dataclass(frozen=True, slots=True)
class Funnel:
    """What came of events. `declared`: an upper bound; None while no declaration of these contracts is known."""

    events: int
    leads: int
    contracts: int
    promised: int
    declared: int | None


def funnel(events: Iterable[Event], leads: Iterable[Lead], declared: Mapping[str, Any] | None) -> Funnel:
    """Events and leads counted; `declared`: by lead, as `counting` keeps them."""
    some = list(leads)
    won = [one for one in some if one.state == LeadState.WON]
    known = [jobs for one in won if (jobs := jobs_of(one, declared)) is not None]
    return Funnel(
        events=len(list(events)),
        leads=len(some),
        contracts=len(won),
        promised=sum(one.jobs_promised or 0 for one in won),
        declared=sum(known) if known else None,
    )


def jobs_of(lead: Lead, declared: Mapping[str, Any] | None) -> int | None:
    """The jobs declared since the contract of a lead; None while they are not known."""
    row = (declared or {}).get(str(lead.uuid))
    return None if row is None or row["jobs"] is None else int(row["jobs"])
