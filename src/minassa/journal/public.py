"""The door of the journal: what the packages above may call."""

from __future__ import annotations

from minassa.journal.errors import DayNotOver, JournalError, NotYetPublished
from minassa.journal.writing import append

__all__ = [
    "DayNotOver",
    "JournalError",
    "NotYetPublished",
    "append",
]
