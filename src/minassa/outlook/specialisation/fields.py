"""The fields that a P2I may be specialised in, as APEBI proposes them, and the occupations that make each."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

from minassa.vocabulary.statuses import Status

FILE: Final = "fields.yaml"
ELSEWHERE: Final = "other"
"""The field of an occupation that is in none of them."""
UNKNOWN: Final = ""
"""The field of a title that no occupation was recognised in."""


class SpecialisationField(BaseModel):
    """A field: its name, how sure it is, occupations of the reference and unit groups of ISCO-08, its programme."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"[a-z-]+")
    name_fr: str
    name_ar: str
    name_en: str
    status: Status
    occupations: tuple[str, ...]
    groups: tuple[str, ...]
    programme: str


@cache
def fields() -> dict[str, SpecialisationField]:
    """Every field by its code, in the order of the file."""
    rows = yaml.safe_load(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    return {one.code: one for one in (SpecialisationField.model_validate(row) for row in rows)}


def field_of(occupation: str, group: str) -> str:
    """The field of an occupation (code of the reference, or empty) of a unit group; `UNKNOWN` without a group."""
    if not group:
        return UNKNOWN
    named = next((one.code for one in fields().values() if occupation and occupation in one.occupations), None)
    return named or next((one.code for one in fields().values() if group in one.groups), ELSEWHERE)
