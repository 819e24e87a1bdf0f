"""The door of intake: what the packages above may call."""

from __future__ import annotations

from minassa.intake.changes import Changes, changes_of
from minassa.intake.checking import judge
from minassa.intake.depositing import deposit, withdraw
from minassa.intake.errors import NoLakeKey, UploadRefused
from minassa.intake.excerpts import Excerpt, Piece, excerpts
from minassa.intake.history import DUE_DAY, Declared, Sent, declared, due_on, history, uploads_of, versions
from minassa.intake.lake import lake, only_writer
from minassa.intake.limits import Limits, limits
from minassa.intake.receipts import Receipt, receipt
from minassa.intake.receiving import Incoming, Received, incoming, receive
from minassa.intake.sentences import sentence
from minassa.intake.working import sweep, work_once

__all__ = [
    "DUE_DAY",
    "Changes",
    "Declared",
    "Excerpt",
    "Incoming",
    "Limits",
    "NoLakeKey",
    "Piece",
    "Receipt",
    "Received",
    "Sent",
    "UploadRefused",
    "changes_of",
    "declared",
    "deposit",
    "due_on",
    "excerpts",
    "history",
    "incoming",
    "judge",
    "lake",
    "limits",
    "only_writer",
    "receipt",
    "receive",
    "sentence",
    "sweep",
    "uploads_of",
    "versions",
    "withdraw",
    "work_once",
]
