"""The two tables that no declaration gives: how staffing changes, and where the graduates of a field work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated, Final

import yaml
from pydantic import BeforeValidator, Field, PlainSerializer, StringConstraints, ValidationError, model_validator

from minassa.talent.balance.parameters import Closed, InvalidBalance
from minassa.talent.reference.entries import FiliereCode
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import format_month, parse_month
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.statuses import Status

FILE: Final = "tables.yaml"
UnitGroup = Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
Month = Annotated[int, BeforeValidator(lambda text: parse_month(str(text))), PlainSerializer(format_month)]


class Change(Closed):
    """The weight of an occupation in a filière changes by so many basis points each year from a month on."""

    filiere: FiliereCode
    occupation: UnitGroup
    since: Month = Field(alias="from")
    yearly: int = Field(gt=-BASIS_POINTS)
    reason: str = Field(min_length=1)

    @property
    def code(self) -> int:
        """The number of the filière in frames."""
        return int(Filiere[self.filiere])

    def factor(self, start: int, end: int) -> float:
        """What the weight is multiplied by between two months."""
        years = max(0, end - max(start, self.since)) / 12
        return float((1 + self.yearly / BASIS_POINTS) ** years)


class Place(Closed):
    """What a programme trains for: a field of the table of flexibility, and the level of the CNC of its diploma."""

    field: str
    level: int = Field(ge=1, le=8)


class BalanceTables(Closed):
    """The whole file; the sum of a row of `flexibility` is at most a whole."""

    status: Status
    reviewed_on: date
    staffing: tuple[Change, ...]
    flexibility: Mapping[str, Mapping[UnitGroup, int]]
    programmes: Mapping[str, Place] = {}
    by_filiere: Mapping[FiliereCode, Place] = {}

    @model_validator(mode="after")
    def _parts_of_a_whole(self) -> BalanceTables:
        for field, row in self.flexibility.items():
            if min(row.values(), default=0) < 0 or sum(row.values()) > BASIS_POINTS:
                message = f"les parts de « {field} » sont positives et ne passent pas le tout"
                raise ValueError(message)
        for code, place in [*self.programmes.items(), *self.by_filiere.items()]:
            if place.field not in self.flexibility:
                message = f"« {code} » mène à un domaine sans ligne : {place.field}"
                raise ValueError(message)
        return self

    def field_of(self, programme: str, filiere: int) -> Place:
        """What a programme trains for: as written for it, else as programmes of its filière usually do."""
        return self.programmes.get(programme) or self.by_filiere[Filiere(filiere).name]


@cache
def balance_tables() -> BalanceTables:
    """The tables of this version; InvalidBalance says what is wrong."""
    return read_tables(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8"))


def read_tables(text: str) -> BalanceTables:
    """Tables from the text of a file; InvalidBalance when it departs from the schema."""
    try:
        return BalanceTables.model_validate(yaml.safe_load(text))
    except ValidationError as error:
        details = " ; ".join(f"{'.'.join(map(str, e['loc']))} : {e['msg']}" for e in error.errors())
        raise InvalidBalance(f"Les tables ne suivent pas leur schéma : {details}") from error
