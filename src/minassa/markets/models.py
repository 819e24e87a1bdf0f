"""Every table of the package, as Django finds them."""

from __future__ import annotations

from minassa.markets.figure_models import Figure, FigureFile, FileState, Segment
from minassa.markets.lead_models import Commission, Event, EventKind, Lead, LeadState, Proposed, Reply

__all__ = [
    "Commission",
    "Event",
    "EventKind",
    "Figure",
    "FigureFile",
    "FileState",
    "Lead",
    "LeadState",
    "Proposed",
    "Reply",
    "Segment",
]
