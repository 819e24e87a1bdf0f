"""The door of the one-stop shop: what pages, the API and commands may call. The rest is private to the package."""

from __future__ import annotations

from minassa.onestop.answers import missing
from minassa.onestop.appealing import appeal
from minassa.onestop.case_models import CaseState, TaskState
from minassa.onestop.completing import answer_complement
from minassa.onestop.deciding import decide
from minassa.onestop.documents import drop_document, give_document, read_document, reusable, use_document
from minassa.onestop.drafting import all_answers, save_draft
from minassa.onestop.errors import (
    CaseError,
    ComplementAlreadyAsked,
    ImpossibleAct,
    IncompleteCase,
    InvalidAnswers,
    InvalidProcedure,
    MessageConflict,
    RefusedDocument,
    SameHand,
    SignatureRefused,
    StaleAnswer,
    StaleCase,
    UncleanRebase,
    UnknownProcedure,
    Unsigned,
)
from minassa.onestop.life import Life, Timeline, timeline
from minassa.onestop.listing import (
    CAP,
    Filters,
    Page,
    cases_for,
    count_cases,
    count_tasks,
    states_shown,
    tasks_for,
)
from minassa.onestop.messaging import messages_for, say
from minassa.onestop.opening import open_case
from minassa.onestop.procedure_schema import FieldType, Label, Procedure
from minassa.onestop.publishing import definition, in_force, publish_procedures, version_in_force
from minassa.onestop.sending_back import send_back
from minassa.onestop.signing import sign
from minassa.onestop.states import CaseEvent, TaskEvent, case_events, task_events
from minassa.onestop.submitting import submit
from minassa.onestop.tasks import assign, give_back, propose, validate
from minassa.onestop.viewing import CaseView, view_for
from minassa.onestop.withdrawing import withdraw

__all__ = [
    "CAP",
    "CaseError",
    "CaseEvent",
    "CaseState",
    "CaseView",
    "ComplementAlreadyAsked",
    "FieldType",
    "Filters",
    "ImpossibleAct",
    "IncompleteCase",
    "InvalidAnswers",
    "InvalidProcedure",
    "Label",
    "Life",
    "MessageConflict",
    "Page",
    "Procedure",
    "RefusedDocument",
    "SameHand",
    "SignatureRefused",
    "StaleAnswer",
    "StaleCase",
    "TaskEvent",
    "TaskState",
    "Timeline",
    "UncleanRebase",
    "UnknownProcedure",
    "Unsigned",
    "all_answers",
    "answer_complement",
    "appeal",
    "assign",
    "case_events",
    "cases_for",
    "count_cases",
    "count_tasks",
    "decide",
    "definition",
    "drop_document",
    "give_back",
    "give_document",
    "in_force",
    "messages_for",
    "missing",
    "open_case",
    "propose",
    "publish_procedures",
    "read_document",
    "reusable",
    "save_draft",
    "say",
    "send_back",
    "sign",
    "states_shown",
    "submit",
    "task_events",
    "tasks_for",
    "timeline",
    "use_document",
    "validate",
    "version_in_force",
    "view_for",
    "withdraw",
]
