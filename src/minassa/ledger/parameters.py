"""What the law leaves unknown about money: dated parameters with their source and how sure each is."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, RootModel, StrictInt, StrictStr, ValidationError

from minassa.ledger.errors import InvalidParameters, UnknownParameter
from minassa.vocabulary.statuses import Status
from minassa.vocabulary.texts import UnknownTextError, text


class Closed(BaseModel):
    """A schema in which no key may be added."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Unit(StrEnum):
    """What the value of a parameter is counted in."""

    CODE = "code"
    BASIS_POINTS = "basis_points"
    MONTHS = "months"
    COUNT = "count"


class Value(Closed):
    """One dated value, from `starts` to `ends`, both included, and where it was read."""

    starts: date
    ends: date | None
    value: StrictInt | StrictStr
    text: str
    article: str | None
    status: Status
    url: str | None
    note: str = Field(min_length=1)
    reviewed_on: date

    @property
    def citation(self) -> str:
        """The text and its article, as `text-id#article`."""
        return self.text if self.article is None else f"{self.text}#{self.article}"

    def in_force(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


class Parameter(Closed):
    """A parameter: what it is, its unit, its dated values."""

    description: str = Field(min_length=1)
    unit: Unit
    values: list[Value] = Field(min_length=1)


class Parameters(RootModel[dict[str, Parameter]]):
    """The whole file, by code."""


@cache
def parameters() -> dict[str, Parameter]:
    """Every parameter of this package, by code, for those who show them with their status."""
    content = resources.files("minassa.ledger").joinpath("parameters.yaml").read_text(encoding="utf-8")
    return read_parameters(content)


def read_parameters(content: str) -> dict[str, Parameter]:
    """Read a file of parameters; InvalidParameters when it departs from the schema or two values hold on one day."""
    try:
        read = Parameters.model_validate(yaml.safe_load(content)).root
    except (ValidationError, yaml.YAMLError) as error:
        raise InvalidParameters(f"Le fichier des paramètres ne suit pas son schéma : {error}") from error
    for code, parameter in read.items():
        _check(code, parameter)
    return read


def _check(code: str, parameter: Parameter) -> None:
    inorder = sorted(parameter.values, key=lambda value: value.starts)
    for earlier, later in pairwise(inorder):
        if earlier.ends is None or earlier.ends >= later.starts:
            raise InvalidParameters(f"{code} : deux valeurs valent le {later.starts.isoformat()}.")
    for value in inorder:
        if isinstance(value.value, str) is not (parameter.unit is Unit.CODE):
            raise InvalidParameters(f"{code} : la valeur n'est pas dans son unité, {parameter.unit}.")
        try:
            text(value.text)
        except UnknownTextError as error:
            raise InvalidParameters(f"{code} : {error.message}") from error


def parameter(code: str, on: date, known: dict[str, Parameter] | None = None) -> Value:
    """The value of a parameter on a day, with its source; UnknownParameter when there is none."""
    found = (known or parameters()).get(code)
    value: Any = found and next((each for each in found.values if each.in_force(on)), None)
    if not isinstance(value, Value):
        raise UnknownParameter(f"Le paramètre « {code} » n'a pas de valeur le {on.isoformat()}.", code=code)
    return value


def number(code: str, on: date) -> int:
    """The whole number that a parameter is on a day; UnknownParameter when it is none."""
    value = parameter(code, on).value
    if not isinstance(value, int):
        raise UnknownParameter(f"Le paramètre « {code} » n'est pas un nombre.", code=code)
    return value
