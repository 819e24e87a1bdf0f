"""What the register counts and the words of its stages: dated data, each with how sure it is."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

from minassa.vocabulary.statuses import Status

FILE: Final = "definition.yaml"


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Closed):
    """A text in the three languages."""

    fr: str = Field(min_length=1)
    ar: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Stage(_Closed):
    """How far a venture has gone, and what that means."""

    code: str = Field(pattern=r"^[a-z-]{3,20}$")
    names: Words
    means: Words
    since: date
    status: Status


class Target(_Closed):
    """The aim that the register is counted against: the code of its commitment, the kinds counted, in which words."""

    commitment: str
    kinds: tuple[str, ...]
    words: Words
    since: date
    status: Status
    reviewed_on: date


class Definition(_Closed):
    """The whole file."""

    target: Target
    stages: tuple[Stage, ...]


@cache
def definition() -> Definition:
    """The file of this version; ValidationError for what departs from the schema."""
    text = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return Definition.model_validate(yaml.safe_load(text))


def stages() -> dict[str, Stage]:
    """Every stage by its code, from the first to the last."""
    return {one.code: one for one in definition().stages}
