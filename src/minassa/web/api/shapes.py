"""What the API sends and takes, typed: `openapi.json` follows from these."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Text = Annotated[str, StringConstraints(max_length=5_000, pattern=r"^[^\x00]*$")]
Reference = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,5}-[0-9]{4}-[0-9]{7,12}$")]


class Given(Schema):
    """What is received is closed: an unknown member is an error, not a silence."""

    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[dict[str, str]] = []


class TokenAsked(Given):
    """Client credentials."""

    grant_type: Annotated[str, StringConstraints(pattern="^client_credentials$")]
    client_id: Annotated[str, StringConstraints(max_length=40, pattern=r"^[^\x00]*$")]
    client_secret: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]


class Token(Schema):
    """A bearer token and its life in seconds."""

    access_token: str
    token_type: str
    expires_in: int


class CaseShown(Schema):
    """A case in a list."""

    reference: str
    uuid: str
    procedure: str
    procedure_version: int
    enterprise_ice: str
    place: int
    state: str
    holder: str
    version: int
    opened_at: datetime
    submitted_at: datetime | None
    due_at: datetime | None
    decided_at: datetime | None


class CasePage(Schema):
    """A page of cases; `next` is the cursor of the following one, null on the last."""

    items: list[CaseShown]
    next: str | None


class TaskShown(Schema):
    """The task of a body in a case; what is not the caller's to see is null."""

    id: int
    case: str
    case_uuid: str
    case_version: int
    procedure: str
    step: str
    body: str
    state: str
    round: int
    favourable: bool | None
    ground: str | None
    opened_at: datetime
    due_at: datetime
    answered_at: datetime | None


class TaskPage(Schema):
    """A page of tasks."""

    items: list[TaskShown]
    next: str | None


class FieldShown(Schema):
    """A field of the request and its answer."""

    key: str
    type: str
    label: str
    value: Any


class DocumentShown(Schema):
    """A document given for a requirement."""

    requirement: str
    uuid: str
    name: str
    media_type: str
    size: int
    sha256: str


class CaseWhole(CaseShown):
    """A case with all that the caller may see of it."""

    fields: list[FieldShown]
    documents: list[DocumentShown]
    tasks: list[TaskShown]


class SpanShown(Schema):
    """A span of the minute ledger: who held the case, from when to when."""

    holders: list[str]
    ground: str
    starts_at: datetime
    ends_at: datetime
    seconds: int


class Timeline(Schema):
    """The minute ledger of a case: spans without gap or overlap."""

    until: datetime
    spans: list[SpanShown]


class MessageShown(Schema):
    """A message in a case."""

    id: int
    author: str
    body_code: str
    text: str
    at: datetime


class CaseAsked(Given):
    """A new case: a procedure and the ICE of the enterprise."""

    procedure: Code
    enterprise_ice: Annotated[str, StringConstraints(pattern=r"^[0-9]{15}$")]


class AnswersGiven(Given):
    """Answers by field."""

    answers: Annotated[dict[Code, Any], Field(max_length=200)]


class Motive(Given):
    """A ground."""

    ground: Text = ""


class DecisionGiven(Motive):
    """A decision and its ground."""

    favourable: bool


class AnswerGiven(DecisionGiven):
    """The answer of a body to a task."""

    data: Annotated[dict[Code, Any], Field(max_length=50)] = {}
    round: Annotated[int, Field(ge=1, le=32_000)] | None = None


class ItemAsked(Given):
    """A field or document asked for, and why."""

    key: Code
    note: Annotated[str, StringConstraints(max_length=1_000, pattern=r"^[^\x00]*$")] = ""


class BackGiven(Given):
    """What a body needs from the enterprise."""

    items: Annotated[list[ItemAsked], Field(min_length=1, max_length=50)]
    at_once: bool = False
    round: Annotated[int, Field(ge=1, le=32_000)] | None = None


class MessageGiven(Given):
    """A message; `body_code`: read by that body and the enterprise alone."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=5_000, pattern=r"^[^\x00]*$")]
    body_code: Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_-]{0,29})?$")] = ""


class InboxOutcome(Schema):
    """What became of a message: its outcome as first stored, and whether it had been received before."""

    accepted: bool
    again: bool
    outcome: dict[str, Any]


class HeadShown(Schema):
    """A published daily head."""

    heads: list[dict[str, Any]]
    keys: list[dict[str, Any]]
