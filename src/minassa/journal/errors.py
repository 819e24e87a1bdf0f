"""What can be wrong with the journal."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError


class JournalError(MinassaError):
    """Something cannot be written into the journal, or read from it, as asked."""

    code = "journal-refused"


class NotYetPublished(JournalError):
    """The day of this entry has no published head yet: its receipt comes with it."""

    code = "receipt-not-yet"
