"""The door of the one-stop shop: what pages, the API and commands may call. The rest is private to the package."""

from __future__ import annotations

from minassa.onestop.answers import missing
from minassa.onestop.appealing import appeal
from minassa.onestop.case_models import CaseState, TaskState
from minassa.onestop.completing import answer_complement
from minassa.onestop.deciding import decide
from minassa.onestop.delegating import Delegations
from minassa.onestop.documents import drop_document, give_document, read_document, reusable, use_document
from minassa.onestop.drafting import all_answers, save_draft
from minassa.onestop.eligibility import Reason, eligibility, questions, verdict
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
from minassa.onestop.life import Life, Timeline, timeline, timelines
from minassa.onestop.listing import (
    CAP,
    Filters,
    cases_counted,
    cases_for,
    states_shown,
    tasks_counted,
    tasks_for,
    together,
)
from minassa.onestop.messaging import messages_for, say
from minassa.onestop.opening import open_case
from minassa.onestop.outbox import dead_letters, resend
from minassa.onestop.paging import Page
from minassa.onestop.procedure_schema import FieldType, Label, Procedure
from minassa.onestop.publishing import definition, in_force, publish_procedures, version_in_force
from minassa.onestop.real_delays import BodyDelays, Month, real_delays
from minassa.onestop.rebasing import Changes, rebase, rehearse_all
from minassa.onestop.receiving import Received, receive, receive_signed
from minassa.onestop.replaying import replay
from minassa.onestop.sending_back import send_back
from minassa.onestop.signing import sign
from minassa.onestop.states import CaseEvent, TaskEvent, case_events, task_events
from minassa.onestop.submitting import submit
from minassa.onestop.tasks import assign, give_back, propose, validate
from minassa.onestop.viewing import CaseView, view_for
from minassa.onestop.webhooks import check as check_signature
from minassa.onestop.webhooks import headers as signed_headers
from minassa.onestop.withdrawing import withdraw
from minassa.onestop.worker import workers_alive

__all__ = [
    "CAP",
    "BodyDelays",
    "CaseError",
    "CaseEvent",
    "CaseState",
    "CaseView",
    "Changes",
    "ComplementAlreadyAsked",
    "Delegations",
    "FieldType",
    "Filters",
    "ImpossibleAct",
    "IncompleteCase",
    "InvalidAnswers",
    "InvalidProcedure",
    "Label",
    "Life",
    "MessageConflict",
    "Month",
    "Page",
    "Procedure",
    "Reason",
    "Received",
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
    "cases_counted",
    "cases_for",
    "check_signature",
    "dead_letters",
    "decide",
    "definition",
    "drop_document",
    "eligibility",
    "give_back",
    "give_document",
    "in_force",
    "messages_for",
    "missing",
    "open_case",
    "propose",
    "publish_procedures",
    "questions",
    "read_document",
    "real_delays",
    "rebase",
    "receive",
    "receive_signed",
    "rehearse_all",
    "replay",
    "resend",
    "reusable",
    "save_draft",
    "say",
    "send_back",
    "sign",
    "signed_headers",
    "states_shown",
    "submit",
    "task_events",
    "tasks_counted",
    "tasks_for",
    "timeline",
    "timelines",
    "together",
    "use_document",
    "validate",
    "verdict",
    "version_in_force",
    "view_for",
    "withdraw",
    "workers_alive",
]
