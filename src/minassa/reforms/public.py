"""The door of reforms: what the packages above may call. The rest is private to the package."""

from __future__ import annotations

from minassa.reforms.deciding import (
    adopt,
    frozen_content,
    patched,
    proposal_of,
    proposals_to_decide,
    propose,
    reject,
    withdraw,
)
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
from minassa.reforms.versions import TEXT, changed_since, offer_in_force, offer_with, versions

__all__ = [
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "STEERERS",
    "TEXT",
    "Draft",
    "NothingMoved",
    "ReformError",
    "StaleReform",
    "adopt",
    "changed_since",
    "comment",
    "content_of",
    "frozen_content",
    "keep",
    "latest",
    "offer_in_force",
    "offer_with",
    "patched",
    "proposal_of",
    "proposals_to_decide",
    "propose",
    "reforms_for",
    "reject",
    "revise",
    "stream_of",
    "versions",
    "withdraw",
]
