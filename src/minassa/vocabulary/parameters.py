"""Dated parameters that no text gives, read from the `parameters.yaml` of a package: closed schema, status and why."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

from minassa.vocabulary.statuses import Status

FILE: Final = "parameters.yaml"


class Parameter(BaseModel):
    """A whole number in a unit, since a day, with its status and why this one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: int = Field(gt=0)
    unit: str
    since: date
    status: Status
    note: str = Field(min_length=1)


@cache
def parameters_of(package: str) -> dict[str, Parameter]:
    """Every parameter of a package by its name; ValidationError for what departs from the schema."""
    text = resources.files(package).joinpath(FILE).read_text(encoding="utf-8")
    return {name: Parameter.model_validate(value) for name, value in yaml.safe_load(text).items()}
