"""What an address of markets bears on, among what the actor may know of."""

from __future__ import annotations

from uuid import UUID

from minassa.markets.models import Event, FigureFile, Lead
from minassa.markets.public import markets, visible_leads
from minassa.registry.public import Actor


def the_file(_actor: Actor, file: UUID) -> FigureFile:
    """A file of figures."""
    return FigureFile.objects.get(uuid=file)


def the_event(_actor: Actor, event: UUID) -> Event:
    """An event."""
    return Event.objects.get(uuid=event)


def the_lead(actor: Actor, lead: UUID) -> Lead:
    """A lead, for promoters and for who manages a P2I that it was proposed to."""
    return visible_leads(actor).get(uuid=lead)


def the_market(_actor: Actor, code: str) -> str | None:
    """A market by its ISO code."""
    return code if code in markets() else None
