"""Dated parameters of the follow-up of P2I that no text gives."""

from __future__ import annotations

from typing import Final

from minassa.vocabulary.parameters import Parameter, parameters_of

PACKAGE: Final = "minassa.platforms"


def platform_parameters() -> dict[str, Parameter]:
    """Every parameter by its name."""
    return parameters_of(PACKAGE)


def number(name: str) -> int:
    """The value of a parameter."""
    return platform_parameters()[name].value
