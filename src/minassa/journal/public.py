"""The door of the journal: what the packages above may call."""

from __future__ import annotations

from minassa.journal.errors import JournalError, NotYetPublished
from minassa.journal.heads import public_heads, public_keys, publish_heads, receipt
from minassa.journal.models import Entry, Head
from minassa.journal.verifying import Problem, verify
from minassa.journal.writing import append, append_to_each, chained

__all__ = [
    "Entry",
    "Head",
    "JournalError",
    "NotYetPublished",
    "Problem",
    "append",
    "append_to_each",
    "chained",
    "public_heads",
    "public_keys",
    "publish_heads",
    "receipt",
    "verify",
]
