"""The sheet of a P2I on a day: buildings, prices, services, convention with the State, each line with its status.

What was read in the press stands in `known.yaml`; what those who manage a P2I write comes after it, line by line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

import yaml
from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from minassa.journal.public import append
from minassa.platforms.errors import SheetRefused
from minassa.platforms.models import SheetLine
from minassa.platforms.services_offered import shared_services
from minassa.platforms.sheet_models import LineKind
from minassa.platforms.units import Unit
from minassa.registry.public import Actor, require
from minassa.vocabulary.statuses import Status

KNOWN: Final = "known.yaml"


class _Content(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Building(_Content):
    """A building, or all of them together where only their sum was read."""

    name: str = Field(min_length=1, max_length=120)
    rentable_area_m2: int = Field(gt=0, le=5_000_000)


class Price(_Content):
    """A rent, in centimes for a square metre and a month, without what is shared."""

    name: str = Field(min_length=1, max_length=120)
    cents_m2_month: int = Field(gt=0, le=10_000_000)


class Offered(_Content):
    """A shared service that is offered; centimes for a post and a month where it is paid apart, 0 where it is not."""

    cents_post_month: int = Field(ge=0, le=10_000_000)


class StateConvention(_Content):
    """The convention between the State and who develops and manages the P2I."""

    name: str = Field(min_length=1, max_length=200)
    reference: str = Field(default="", max_length=60)
    ends_on: date | None = None


SCHEMAS: Final[Mapping[str, type[_Content]]] = {
    LineKind.BUILDING: Building,
    LineKind.PRICE: Price,
    LineKind.SERVICE: Offered,
    LineKind.CONVENTION: StateConvention,
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet in effect on a day."""

    kind: str
    code: str
    since: date
    content: Any
    status: Status
    source: str
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a unit in effect on a day, by kind."""

    unit: Unit
    lines: tuple[Line, ...]

    def of(self, kind: str) -> list[Line]:
        """The lines of a kind, by code."""
        return [one for one in self.lines if one.kind == kind]

    @property
    def rentable_area_m2(self) -> int | None:
        """The surface of all buildings; None where none is known."""
        held = [line.content.rentable_area_m2 for line in self.of(LineKind.BUILDING)]
        return sum(held) if held else None

    @property
    def services(self) -> tuple[str, ...]:
        """The codes of the services offered."""
        return tuple(line.code for line in self.of(LineKind.SERVICE))


class _Known(_Content):
    place: str
    kind: Literal["building", "price", "service", "convention"]
    code: str
    since: date
    content: dict[str, Any]
    status: Status
    source: str


@cache
def known_lines() -> tuple[_Known, ...]:
    """What was read of the P2I, with where."""
    text = resources.files(__package__).joinpath(KNOWN).read_text(encoding="utf-8")
    return tuple(_Known.model_validate(row) for row in yaml.safe_load(text))


def sheet_on(unit: Unit, day: date) -> Sheet:
    """The sheet of a unit on a day. What its manager wrote of a thing hides what was read of it."""
    found: dict[tuple[str, str], Line] = {}
    for one in known_lines():
        if one.place == unit.slug and one.since <= day:
            content = SCHEMAS[one.kind].model_validate(one.content)
            found[one.kind, one.code] = Line(one.kind, one.code, one.since, content, one.status, one.source)
    for row in SheetLine.objects.filter(place=unit.code, since__lte=day).order_by("since", "pk"):
        if not row.content:
            found.pop((row.kind, row.code), None)
            continue
        content = SCHEMAS[row.kind].model_validate(row.content)
        told = (row.since, content, Status(row.status), row.source, row.synthetic)
        found[row.kind, row.code] = Line(row.kind, row.code, *told)
    return Sheet(unit, tuple(sorted(found.values(), key=lambda line: (line.kind, line.code))))


@dataclass(frozen=True, slots=True)
class Wording:
    """A line as somebody writes it: kind, code, from which day, content (empty: the thing is there no more)."""

    kind: str
    code: str
    since: date
    content: Mapping[str, Any]
    source: str = ""
    status: Status = Status.PROPOSED
    synthetic: bool = False


def write_line(actor: Actor, place: int, told: Wording, at: datetime) -> SheetLine:
    """Write a line of a sheet. SheetRefused says what cannot be."""
    row = SheetLine(
        place=place,
        kind=told.kind,
        code=told.code[:60],
        since=told.since,
        content=_checked(told),
        status=told.status,
        source=told.source[:300],
        synthetic=told.synthetic,
        by=str(actor),
        at=at,
    )
    require(actor, "platform.describe", row)
    with transaction.atomic():
        row.save(force_insert=True)
        said = {"kind": row.kind, "code": row.code, "since": row.since.isoformat(), "content": row.content}
        append(f"platform:{place}", "platform.described", str(actor), said, at)
    return row


def _checked(told: Wording) -> dict[str, Any]:
    schema = SCHEMAS.get(told.kind)
    if schema is None or not told.code:
        raise SheetRefused(_("Choisissez ce que dit la ligne et donnez-lui un nom."))
    if told.kind == LineKind.SERVICE and told.code not in shared_services():
        raise SheetRefused(_("Ce service n'est pas au catalogue."))
    if not told.content:
        return {}
    try:
        return schema.model_validate(dict(told.content)).model_dump(mode="json")
    except ValidationError as error:
        raise SheetRefused(_("La ligne n'est pas complète, ou un nombre ne convient pas."), why=str(error)) from error
