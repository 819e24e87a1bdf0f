"""The choices behind indicators that no text gives, read from data: each has a status and a note that people see."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

from minassa.vocabulary.statuses import Status

FILE: Final = "parameters.yaml"


class Choice(BaseModel):
    """A choice: its value, how sure it is, why this one, the day it was last looked at."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: int | tuple[int, ...]
    status: Status
    reviewed_on: date
    note: str = Field(min_length=1)

    @property
    def number(self) -> int:
        """The value where it is one number; TypeError where it is several."""
        if isinstance(self.value, int):
            return self.value
        message = "Ce choix est une liste de nombres."
        raise TypeError(message)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The values in their order."""
        return (self.value,) if isinstance(self.value, int) else self.value


class Choices(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    young_below_years: Choice
    size_classes: Choice
    skilled_filieres: Choice


@cache
def choices() -> Choices:
    """The choices of this version."""
    text = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return Choices.model_validate(yaml.safe_load(text))
