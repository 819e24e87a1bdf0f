"""What the API sends and takes, typed: `openapi.json` follows from these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

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


class HeadShown(Schema):
    """Published daily heads, with the public keys that signed them."""

    format: str
    keys: list[str]
    heads: list[dict[str, Any]]


class ProcedureShown(Schema):
    """A procedure in force; `status`: how surely its text is known."""

    code: str
    version: int
    in_force_from: str
    status: str


Ice = Annotated[str, StringConstraints(pattern=r"^[0-9]{15}$")]


class DocumentGiven(Schema):
    """A document of an enterprise."""

    uuid: str
    kind: str
    name: str
    media_type: str
    size: int
    sha256: str
    given_at: datetime
    valid_until: date | None


class DocumentUsed(Given):
    """A document given for a requirement."""

    requirement: Code
    document: UUID


class ComplementGiven(Given):
    """The answer to the single request for complements: fields and documents asked, and nothing else."""

    answers: Annotated[dict[Code, Any], Field(max_length=200)] = {}
    documents: Annotated[list[DocumentUsed], Field(max_length=50)] = []


class EnterpriseShown(Schema):
    """An enterprise, by the numbers that each administration gave it."""

    ice: str
    name: str
    name_arabic: str
    activity: str
    filiere: int
    place: int
    fiscal_id: int | None
    rc: str
    affiliation: int | None


class EnterprisePage(Schema):
    """A page of enterprises; `next` is the cursor of the following one, null on the last."""

    items: list[EnterpriseShown]
    next: str | None


class FoundShown(Schema):
    """What a search found, ten of each at most."""

    enterprises: list[EnterpriseShown]
    cases: list[CaseShown]


class EntryShown(Schema):
    """An entry of the journal, chained to the one before by its hash."""

    number: int
    at: datetime
    kind: str
    actor: str
    body: dict[str, Any]
    hash: str
    previous_hash: str


class EntryPage(Schema):
    """A page of entries; `next` is the number of the last one shown, null on the last page."""

    items: list[EntryShown]
    next: int | None


class DeadLetter(Schema):
    """A message to a body that was given up after all its attempts."""

    message_id: str
    destination: str
    kind: str
    case: str | None
    attempts: int
    last_error: str
    created_at: datetime
    dead_at: datetime | None


class MonthShown(Schema):
    """Cases finished in a month, and their median time in seconds."""

    month: date
    count: int
    median: int


class DelaysShown(Schema):
    """Real delays of one body in one procedure, in seconds; `body` empty: the whole case."""

    procedure: str
    body: str
    finished: int
    median: int | None
    ninth_decile: int | None
    open: int
    late: int
    oldest_open: datetime | None
    trend: list[MonthShown]


class FileShown(Schema):
    """A file of a version of open data, with its SHA-256."""

    file: str
    dataset: str
    kind: str
    sha256: str
    bytes: int
    address: str


class DatasetShown(Schema):
    """A data set: its title in three languages, its last version (null before the first) and the files of it."""

    name: str
    title: dict[str, str]
    version: str | None
    synthetic: bool
    licence: str
    files: list[FileShown]


class HiresAsked(Given):
    """People hired alike: how many, level (1 to 8), gross monthly salary (dirhams), month, contract, Moroccan."""

    people: Annotated[int, Field(ge=1, le=10_000)]
    level: Annotated[int, Field(ge=1, le=8)]
    salary: Annotated[int, Field(ge=1, le=1_000_000)]
    month: Annotated[str, StringConstraints(pattern=r"^20(2[5-9]|30)-(0[1-9]|1[0-2])$")]
    contract: Literal["CDI", "CDD", "INSERTION"] = "CDI"
    moroccan: bool = True


class PlanAsked(Given):
    """A plan to be estimated: places (slugs), firm (amounts in dirhams, shares in percent), hires."""

    places: Annotated[list[Annotated[str, StringConstraints(max_length=60)]], Field(min_length=1, max_length=3)]
    filiere: Literal["ITO", "CRM", "BPO", "ESO", "KPO"]
    started: Annotated[str, StringConstraints(pattern=r"^20[0-2][0-9]-(0[1-9]|1[0-2])$")]
    turnover: Annotated[int, Field(ge=0, le=100_000_000_000)]
    exported_percent: Annotated[int, Field(ge=0, le=100)]
    profit: Annotated[int, Field(ge=0, le=100_000_000_000)]
    tax_rate_percent: Annotated[int, Field(ge=0, le=100)] = 20
    hires: Annotated[list[HiresAsked], Field(min_length=1, max_length=20)]


class MeasureEstimated(Schema):
    """One measure: centimes by year, what is to come after, the weakest status of the figures behind it."""

    measure: str
    by_year: list[int]
    to_come: int
    status: str | None


class PlaceEstimated(Schema):
    """A plan at one place, in centimes."""

    place: str
    total: int
    measures: list[MeasureEstimated]


class Estimation(Schema):
    """A plan at each of its places; an estimate commits nobody."""

    years: list[int]
    places: list[PlaceEstimated]
