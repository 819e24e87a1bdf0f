"""The door of the register of ventures: what pages and packages above may call. The rest is private to the package."""

from __future__ import annotations

from minassa.ventures.checking import check, counted, last_claim, public_ventures, to_check
from minassa.ventures.definition import Stage, Target, definition, stages
from minassa.ventures.errors import ClaimRefused, SameHand, SheetUnreadable, StaleRow, VentureError
from minassa.ventures.importing import COLUMNS, enter, read_sheet
from minassa.ventures.policies import is_own, reads_all
from minassa.ventures.telling import COUNTRIES, Raised, Saying, claim, close, consent, raise_funds, register, stream_of

__all__ = [
    "COLUMNS",
    "COUNTRIES",
    "ClaimRefused",
    "Raised",
    "SameHand",
    "Saying",
    "SheetUnreadable",
    "Stage",
    "StaleRow",
    "Target",
    "VentureError",
    "check",
    "claim",
    "close",
    "consent",
    "counted",
    "definition",
    "enter",
    "is_own",
    "last_claim",
    "public_ventures",
    "raise_funds",
    "read_sheet",
    "reads_all",
    "register",
    "stages",
    "stream_of",
    "to_check",
]
