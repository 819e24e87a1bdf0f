"""State and constraints of procedures, cases, exchanges; acts stand in their own modules."""

from __future__ import annotations

from minassa.onestop.case_models import Case, CaseState, Custody, Decision, Signature, Task, TaskState
from minassa.onestop.exchange_models import ApiClient, Idempotency, InboxMessage, OutboxMessage, Timer, WorkerBeat
from minassa.onestop.file_models import CaseDocument, Complement, Document, Fact, Message, SavedView
from minassa.onestop.procedure_models import ProcedureVersion

__all__ = [
    "ApiClient",
    "Case",
    "CaseDocument",
    "CaseState",
    "Complement",
    "Custody",
    "Decision",
    "Document",
    "Fact",
    "Idempotency",
    "InboxMessage",
    "Message",
    "OutboxMessage",
    "ProcedureVersion",
    "SavedView",
    "Signature",
    "Task",
    "TaskState",
    "Timer",
    "WorkerBeat",
]
