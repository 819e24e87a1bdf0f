"""National targets of training, dated and sourced; those that do not agree are both kept."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict

from minassa.vocabulary.statuses import Status

FILE: Final = "targets.yaml"


class Target(BaseModel):
    """A target: people trained in (`by_year`) or by the years named; when (AAAA-MM) and where it was stated."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    people: dict[int, int]
    by_year: bool
    stated: str
    source: str
    status: Status
    text: dict[str, str]


@cache
def targets() -> tuple[Target, ...]:
    """The targets, the latest stated first."""
    read = yaml.safe_load(resources.files("minassa.talent.seats").joinpath(FILE).read_text(encoding="utf-8"))
    return tuple(Target.model_validate(one) for one in read["targets"])
