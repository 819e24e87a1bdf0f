"""The tables of committees."""

from __future__ import annotations

from minassa.governance.derogation_models import Derogation, DerogationUse
from minassa.governance.session_models import Attendance, Item, ItemState, Membership, Session, SessionState
from minassa.governance.vote_models import (
    Ballot,
    Choice,
    Dissent,
    Ground,
    Interest,
    Nature,
    Recusal,
    SecretRequest,
    Tally,
)

__all__ = [
    "Attendance",
    "Ballot",
    "Choice",
    "Derogation",
    "DerogationUse",
    "Dissent",
    "Ground",
    "Interest",
    "Item",
    "ItemState",
    "Membership",
    "Nature",
    "Recusal",
    "SecretRequest",
    "Session",
    "SessionState",
    "Tally",
]
