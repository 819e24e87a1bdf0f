"""The programmes and commitments that Minassa ships: one file, closed schema, each number with its source."""

from __future__ import annotations

from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Annotated, Final, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from minassa.commitments.terms import Baseline, Commitment, Source, Step, Unit, Words
from minassa.outlook.targets import targets
from minassa.vocabulary.periods import parse_month

FILE: Final = "programme.yaml"
JOBS: Final = "jobs"
"""The path of jobs, whose numbers stand with those of the trajectory."""
COUNTRY: Final = Words(
    "pays entier, emplois déclarés", "مجموع البلاد، المناصب المصرح بها", "whole country, jobs declared"
)


def _month(text: object) -> int | None:
    return None if text is None else parse_month(str(text))


Month = Annotated[int | None, BeforeValidator(_month)]


class Closed(BaseModel):
    """A model that refuses keys it does not know and is never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Programme(Closed):
    """What commitments are part of, in three languages, and where it was read."""

    titles: Words
    source: Source


class StepRow(Closed):
    """A value promised, as the file has it."""

    month: Month
    value: int | None
    source: Source


class BaselineRow(Closed):
    """A base, as the file has it."""

    month: Month
    value: int
    scope: Words
    source: Source


class Row(Closed):
    """A commitment as the file has it."""

    code: str = Field(pattern=r"^[a-z0-9-]{3,40}$")
    programme: str
    owner: str
    unit: Unit
    titles: Words
    indicator: str = ""
    scaled: bool = False
    path: str = ""
    baselines: tuple[BaselineRow, ...] = ()
    milestones: tuple[StepRow, ...] = ()
    reserve: Words | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        dated = [one.month for one in self.milestones if one.month is not None]
        if any(later <= earlier for earlier, later in pairwise(dated)):
            message = f"{self.code}: les jalons se suivent dans le temps."
            raise ValueError(message)
        if not self.indicator and self.reserve is None:
            message = f"{self.code}: sans indicateur, il faut dire pourquoi."
            raise ValueError(message)
        return self


class Shipped(Closed):
    """The whole file."""

    programmes: dict[str, Programme]
    owners: dict[str, Words]
    owner_source: Source
    commitments: tuple[Row, ...]

    @model_validator(mode="after")
    def _known(self) -> Self:
        for row in self.commitments:
            if row.programme not in self.programmes or row.owner not in self.owners:
                message = f"{row.code}: programme ou responsable inconnu."
                raise ValueError(message)
        return self


@cache
def shipped() -> Shipped:
    """The file of this version."""
    text = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return Shipped.model_validate(yaml.safe_load(text))


@cache
def shipped_commitments() -> tuple[Commitment, ...]:
    """Every commitment that is shipped, in the order of the file."""
    return tuple(_commitment(row) for row in shipped().commitments)


def _commitment(row: Row) -> Commitment:
    return Commitment(
        code=row.code,
        programme=row.programme,
        owner=row.owner,
        unit=row.unit,
        titles=row.titles,
        owner_source=shipped().owner_source,
        steps=_jobs_steps() if row.path == JOBS else tuple(_step(one) for one in row.milestones),
        baselines=_jobs_baselines() if row.path == JOBS else tuple(_baseline(one) for one in row.baselines),
        indicator=row.indicator,
        scaled=row.scaled,
        reserve=row.reserve,
    )


def _step(row: StepRow) -> Step:
    return Step(row.month, row.value, row.source)


def _baseline(row: BaselineRow) -> Baseline:
    if row.month is None:
        message = "Une base a un mois."
        raise ValueError(message)
    return Baseline(row.month, row.value, row.scope, row.source)


def _jobs_steps() -> tuple[Step, ...]:
    return tuple(
        Step(one.month, one.level_jobs, Source(one.status, one.source.url, one.source.note))
        for one in targets().milestones
    )


def _jobs_baselines() -> tuple[Baseline, ...]:
    return tuple(
        Baseline(one.month, one.jobs, COUNTRY, Source(one.status, one.source.url, one.source.note))
        for one in targets().baselines
    )
