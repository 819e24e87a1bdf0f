"""Dated parameters of the follow-up of P2I that no text gives, with their status and why; closed schema."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

from minassa.vocabulary.statuses import Status

FILE: Final = "parameters.yaml"


class PlatformParameter(BaseModel):
    """A whole number in a unit, since a day, with its status and why this one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: int = Field(gt=0)
    unit: str
    since: date
    status: Status
    note: str = Field(min_length=1)


@cache
def platform_parameters() -> dict[str, PlatformParameter]:
    """Every parameter by its name."""
    text = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return {name: PlatformParameter.model_validate(value) for name, value in yaml.safe_load(text).items()}


def number(name: str) -> int:
    """The value of a parameter."""
    return platform_parameters()[name].value
