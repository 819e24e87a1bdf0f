"""What the method gave where the truth is known, as last measured: read from data, shown beside every answer."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

FILE: Final = "trial.yaml"


class World(BaseModel):
    """A kind of country: shares in hundredths of a per cent, effects in hundredths of a log point.

    `alarm`: how often the months before the entry said that the answer can be trusted little.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    truth: int
    bias: int
    covered: int = Field(ge=0, le=10_000)
    signals: int = Field(ge=0, le=10_000)
    alarm: int = Field(ge=0, le=10_000)
    naive_bias: int
    naive_signals: int = Field(ge=0, le=10_000)


class Trial(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    measured_on: date
    countries: int = Field(gt=0)
    worlds: dict[str, World]


@cache
def trial() -> Trial:
    """The last measure; pydantic's ValidationError when the file breaks its schema."""
    return Trial.model_validate(yaml.safe_load(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")))
