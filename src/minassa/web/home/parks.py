"""What the manager of a P2I follows: the cases of its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import get_language

from minassa.onestop.models import CaseState
from minassa.onestop.public import Filters, cases_counted, cases_for, together
from minassa.registry.public import Actor
from minassa.vocabulary.places import place
from minassa.web.home.firm import bars_of

MOST: Final = 8
_RUNNING: Final = (CaseState.COMPLEMENT, CaseState.IN_REVIEW, CaseState.TO_DECIDE, CaseState.APPEALED)


def parks(actor: Actor, now: datetime) -> Mapping[str, Any]:
    """The places that the actor manages, how many cases run there, the latest with their bars."""
    running = Filters(states=_RUNNING)
    rows = bars_of(cases_for(actor, running, size=MOST).rows, now)
    return {"places": _names(actor), **together(actor, running=cases_counted(actor, running)), "rows": rows}


def _names(actor: Actor) -> list[str]:
    language = (get_language() or "fr")[:2]
    return [
        {"ar": found.name_ar, "en": found.name_en}.get(language, found.name_fr) for found in map(place, actor.places)
    ]
