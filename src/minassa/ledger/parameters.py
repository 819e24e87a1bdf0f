"""What the law leaves unknown about money: dated parameters with their source and how sure each is."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from pydantic import Field, RootModel, StrictInt, StrictStr

from minassa.delays.documents import Closed, Dated, check_dated, parse
from minassa.delays.errors import InvalidDelayData
from minassa.ledger.errors import InvalidParameters, UnknownParameter


class Unit(StrEnum):
    """What the value of a parameter is counted in."""

    CODE = "code"
    BASIS_POINTS = "basis_points"
    MONTHS = "months"
    COUNT = "count"


class Value(Dated):
    """One dated value and where it was read."""

    value: StrictInt | StrictStr
    url: str | None


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
        read = parse(content, "parameters.yaml", Parameters).root
        for code, parameter in read.items():
            check_dated(list(parameter.values), code)
    except InvalidDelayData as error:
        raise InvalidParameters(f"Le fichier des paramètres ne suit pas son schéma : {error.message}") from error
    for code, parameter in read.items():
        if any(isinstance(each.value, str) is not (parameter.unit is Unit.CODE) for each in parameter.values):
            raise InvalidParameters(f"{code} : la valeur n'est pas dans son unité, {parameter.unit}.")
    return read


def parameter(code: str, on: date, known: dict[str, Parameter] | None = None) -> Value:
    """The value of a parameter on a day, with its source; UnknownParameter when there is none."""
    found = (known or parameters()).get(code)
    value: Any = found and next((each for each in found.values if each.in_force(on)), None)
    if not isinstance(value, Value):
        raise UnknownParameter(f"Le paramètre « {code} » n'a pas de valeur le {on.isoformat()}.", code=code)
    return value


def number(code: str, on: date, known: dict[str, Parameter] | None = None) -> int:
    """The whole number that a parameter is on a day; UnknownParameter when it is none."""
    value = parameter(code, on, known).value
    if not isinstance(value, int):
        raise UnknownParameter(f"Le paramètre « {code} » n'est pas un nombre.", code=code)
    return value
