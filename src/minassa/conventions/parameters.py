"""What the law leaves unknown about conventions: dated parameters with their source and how sure each is."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources

from minassa.ledger.public import Parameter, Value, number, parameter, read_parameters


@cache
def convention_parameters() -> dict[str, Parameter]:
    """Every parameter of this package, by code, for those who show them with their status."""
    content = resources.files("minassa.conventions").joinpath("parameters.yaml").read_text(encoding="utf-8")
    return read_parameters(content)


def convention_parameter(code: str, on: date) -> Value:
    """The value of a parameter on a day, with its source; UnknownParameter when there is none."""
    return parameter(code, on, convention_parameters())


def convention_number(code: str, on: date) -> int:
    """The whole number that a parameter is on a day; UnknownParameter when it is none."""
    return number(code, on, convention_parameters())
