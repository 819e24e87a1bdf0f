"""What stands on an agenda that may still decide it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from minassa.governance.session_models import Item, ItemState, SessionState

LIVE: Final = frozenset({SessionState.DRAFT, SessionState.CONVENED, SessionState.OPEN})


def on_agendas(kind: str) -> list[UUID]:
    """The things of a kind, by their universal numbers, that an item not ended of a live session proposes to decide."""
    listed = Item.objects.filter(kind=kind, session__state__in=sorted(LIVE)).exclude(subject="")
    waiting = listed.filter(state__in=[ItemState.LISTED, ItemState.VOTING])
    return [UUID(subject) for subject in waiting.values_list("subject", flat=True)]
