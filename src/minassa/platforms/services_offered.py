"""The catalogue of shared services of a P2I, the checklist of its cahier des charges: dated data, with their status."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Final, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field

from minassa.vocabulary.statuses import Status

SERVICES: Final = "shared_services.yaml"
CHECKLIST: Final = "checklist.yaml"


class Entry(BaseModel):
    """A thing by its code: its name in three languages, since when, how sure, where it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"[a-z][a-z-]{1,38}")
    name_fr: str
    name_ar: str
    name_en: str
    since: date
    status: Status
    source: str


Kept = TypeVar("Kept", bound=Entry)


class Point(Entry):
    """A point of the cahier des charges: what is asked, whether a proof must come with it."""

    proof: bool = False


@cache
def shared_services() -> dict[str, Entry]:
    """The services that a P2I may share, by code."""
    return _read(SERVICES, Entry)


@cache
def checklist() -> dict[str, Point]:
    """The points of the cahier des charges, by code, in the order of the file."""
    return _read(CHECKLIST, Point)


def _read(name: str, kind: type[Kept]) -> dict[str, Kept]:
    rows = yaml.safe_load(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return {one.code: one for one in (kind.model_validate(row) for row in rows)}
