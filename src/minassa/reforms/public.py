"""The door of reforms: what the packages above may call. The rest is private to the package."""

from __future__ import annotations

from minassa.reforms.errors import NothingMoved, ReformError, StaleReform
from minassa.reforms.keeping import (
    LONGEST_NAME,
    LONGEST_TEXT,
    Draft,
    comment,
    content_of,
    keep,
    latest,
    revise,
    stream_of,
)
from minassa.reforms.policies import STEERERS
from minassa.reforms.reading import reforms_for

__all__ = [
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "STEERERS",
    "Draft",
    "NothingMoved",
    "ReformError",
    "StaleReform",
    "comment",
    "content_of",
    "keep",
    "latest",
    "reforms_for",
    "revise",
    "stream_of",
]
