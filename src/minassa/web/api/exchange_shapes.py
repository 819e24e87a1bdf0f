"""What the systems of bodies send and get, typed, besides what persons do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, StringConstraints

from minassa.web.api.shapes import Given


def _in_utc(instant: datetime) -> datetime:
    """The instant in UTC: PostgreSQL knows no zone of sixteen hours or more, and Python no year after 9999."""
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("out of range") from error


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]


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


class InboxOutcome(Schema):
    """What became of a message: its outcome as first stored, and whether it had been received before."""

    accepted: bool
    again: bool
    outcome: dict[str, Any]


class ReplayAsked(Given):
    """Which delivered messages to send again: since an instant, or after a message; one's own body unless told."""

    destination: Annotated[str, StringConstraints(max_length=30, pattern=r"^[a-z0-9_-]*$")] = ""
    since: Instant | None = None
    after: UUID | None = None


class Replayed(Schema):
    """How many messages will be sent again, each under its number."""

    destination: str
    messages: int
