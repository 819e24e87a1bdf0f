"""Dated parameters of leads that no text gives."""

from __future__ import annotations

from typing import Final

from minassa.vocabulary.parameters import Parameter, parameters_of

PACKAGE: Final = "minassa.markets"


def market_parameters() -> dict[str, Parameter]:
    """Every parameter by its name."""
    return parameters_of(PACKAGE)


def number(name: str) -> int:
    """The value of a parameter."""
    return market_parameters()[name].value
