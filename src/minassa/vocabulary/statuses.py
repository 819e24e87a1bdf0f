"""How sure a legal figure or a fact is; the least sure status travels with the amount."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Status(StrEnum):
    """The origin of a figure, from the surest to the least sure.

    Values are strings, so `<` and `sorted` follow the alphabet: compare `rank(status)` instead.
    """

    OFFICIAL = "official"
    """Read in the official text, or in a page that reproduces it."""
    PRESS = "press"
    """Reported by the press or an adviser; the text itself was not read."""
    INFERRED = "inferred"
    """Follows from known facts by a reasoning that is written down."""
    PROPOSED = "proposed"
    """The text is silent or was not read: a default put forward for decision."""
    ASSUMED = "assumed"
    """A working hypothesis without any source."""


_RANKS = {status: rank for rank, status in enumerate(Status)}

_LABELS = {
    "fr": ("officiel", "presse", "déduit", "proposé", "supposé"),
    "ar": ("رسمي", "صحافة", "مستنتج", "مقترح", "مفترض"),
    "en": ("official", "press", "inferred", "proposed", "assumed"),
}


def rank(status: Status) -> int:
    """Return 0 for the surest status, 4 for the least sure."""
    return _RANKS[status]


def weakest(statuses: Iterable[Status], default: Status | None = None) -> Status:
    """Return the least sure of the statuses, or `default` when there is none.

    Raises ValueError when there is no status and no default: nothing is not official.
    """
    least_sure = max(statuses, key=rank, default=default)
    if least_sure is None:
        message = "Aucun statut à comparer : indiquez le statut à retenir quand il n'y en a pas."
        raise ValueError(message)
    return least_sure


def label(status: Status, language: str = "fr") -> str:
    """Return the word shown to people for a status, in `fr`, `ar` or `en`; KeyError for another language."""
    return _LABELS[language][rank(status)]
