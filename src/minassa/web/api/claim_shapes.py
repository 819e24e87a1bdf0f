"""What the API sends and takes of claims, money and committees; amounts in centimes, months as AAAA-MM."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from minassa.web.api.shapes import Given, Text

ClaimReference = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-[0-9]{4}(-(T[1-4]|[0-9]{2}))?-[0-9]{7,12}$")]
SessionReference = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,8}-[0-9]{4}-[0-9]{4,6}$")]
Measure = Literal["", "air", "ais", "pae", "paf"]


class ClaimShown(Schema):
    """A claim in a list; `status` is the weakest behind its amounts."""

    reference: str
    uuid: str
    enterprise_ice: str
    measure: str
    period: str
    state: str
    version: int
    line_count: int
    entitled_count: int
    total_cents: int
    provisional_cents: int
    accepted_cents: int | None
    paid_cents: int
    status: str
    digest: str
    opened_at: datetime
    contest_by: datetime
    sign_by: datetime
    signed_at: datetime | None
    hearing_until: datetime | None
    decided_at: datetime | None


class ClaimPage(Schema):
    """A page of claims, the last prepared first; `next` is the cursor of the following one, null on the last."""

    items: list[ClaimShown]
    next: int | None


class Payable(Schema):
    """The money of a claim: `blocked` waits for a contest or a check, `now` may be paid at once."""

    accepted_cents: int
    withdrawn_cents: int
    blocked_cents: int
    paid_cents: int
    now_cents: int
    left_cents: int


class ReasonShown(Schema):
    """A reason to look, with what it weighs; it decides nothing."""

    kind: str
    weight: int
    lines: int
    cents: int
    points: int


class RulingShown(Schema):
    """What was proposed, answered or decided, on which ground; `by`: the item of a committee, or the kind of caller."""

    event: str
    by: str
    ground: str
    cents: int
    at: datetime


class ClaimWhole(ClaimShown):
    """A claim with what it froze, what is worth a look, what was decided, what may be paid."""

    run: str
    known_until: str
    lake_versions: dict[str, int]
    offer_digest: str
    conditions: list[str]
    reasons: list[ReasonShown]
    score: int
    rulings: list[RulingShown]
    payable: Payable


class LineShown(Schema):
    """An employee in a claim, by a pseudonym (0: the firm itself).

    `held`: not paid, for so much as `held_cents` says, before someone looked at it.
    """

    id: int
    person: str
    hired_month: str | None
    period_start: str
    period_end: str
    cumulative_cents: int
    earlier_cents: int
    amount_cents: int
    entitled: bool
    provisional: bool
    status: str
    unmet: list[str]
    reasons: list[str]
    held: bool
    held_cents: int


class LinePage(Schema):
    """A page of lines; `next` is the cursor of the following one, null on the last."""

    items: list[LineShown]
    next: int | None


class ContestGiven(Given):
    """A line contested, by its number."""

    line: Annotated[int, Field(ge=1, le=2**63 - 1)]
    reason: Text


class ReplyGiven(Given):
    """What the firm answers before a cut or a refusal."""

    text: Text


class ClaimMoneyShown(Schema):
    """Where the money of one claim stands; `code` says what it waits for, `reason` in words."""

    claim: str
    measure: str
    period: str
    asked_cents: int
    accepted_cents: int | None
    withdrawn_cents: int
    blocked_cents: int
    awaiting_credits_cents: int
    at_bank_cents: int
    paid_cents: int
    left_cents: int
    to_give_back_cents: int
    next_on: date | None
    code: str
    reason: str


class EnvelopeShown(Schema):
    """Credits of a measure for a year and a body."""

    measure: str
    budget_year: int
    body: str
    authorised_cents: int
    committed_cents: int


class SessionShown(Schema):
    """A session of a committee in a list."""

    reference: str
    uuid: str
    committee: str
    state: str
    version: int
    planned_at: datetime
    place: str
    convened_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    sealed_at: datetime | None
    minutes_digest: str


class SessionPage(Schema):
    """A page of sessions, the last written first; `next` is the cursor of the following one, null on the last."""

    items: list[SessionShown]
    next: int | None


class DecisionShown(Schema):
    """An item of a session: what was proposed, what became of it; its reference names it in journals and rulings."""

    reference: str
    kind: str
    subject: str
    title: str
    decision: str
    state: str
    secret: bool
    digest: str
    put_off_reason: str
    ended_at: datetime | None
    outcome: dict[str, Any]


class SessionWhole(SessionShown):
    """A session with the items of its agenda."""

    items: list[DecisionShown]
