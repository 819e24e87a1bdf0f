"""What the contract-programme promises in jobs: baselines that disagree, milestones, and the straight line between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Annotated

import polars as pl
import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.periods import PeriodError, parse_month
from minassa.vocabulary.rounding import Direction, divide
from minassa.vocabulary.statuses import Status

FILE = "targets.yaml"
ROUNDING = "minassa-default#echelle"


def _month(text: object) -> int:
    try:
        return parse_month(str(text))
    except PeriodError as error:
        raise ValueError(error.message) from error


Month = Annotated[int, BeforeValidator(_month)]


class InvalidTargets(MinassaError):
    """The file of targets does not follow its closed schema."""

    code = "OUTLOOK-TARGETS"


class Closed(BaseModel):
    """A model that refuses keys it does not know and is never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Closed):
    """Where a number was read: a text of the register, a page, and how it was understood."""

    text: str
    url: str
    note: str = Field(min_length=1)


class Baseline(Closed):
    """Jobs that existed when the programme was signed, according to one source."""

    name: str
    month: Month
    jobs: int = Field(gt=0)
    status: Status
    source: Source
    reviewed_on: date


class Milestone(Closed):
    """Jobs promised by a month: how many more than at the start, and how many in all."""

    month: Month
    additional_jobs: int = Field(gt=0)
    level_jobs: int = Field(gt=0)
    status: Status
    source: Source
    reviewed_on: date


class Between(Closed):
    """How sure the line drawn between two milestones is, and why."""

    status: Status
    note: str = Field(min_length=1)


class Targets(Closed):
    """The whole file. The first baseline is the one the milestones agree with: the path starts there."""

    baselines: tuple[Baseline, ...] = Field(min_length=1)
    milestones: tuple[Milestone, ...] = Field(min_length=1)
    between: Between

    @property
    def start(self) -> Baseline:
        """The baseline that the path starts from."""
        return self.baselines[0]


@dataclass(frozen=True, slots=True)
class Scale:
    """How many jobs of the data stand for how many of the country: 20,000 for 148,500 in a small synthetic one."""

    jobs: int = 1
    country: int = 1

    def __post_init__(self) -> None:
        """ValueError when a side is not above zero."""
        if self.jobs < 1 or self.country < 1:
            message = "Une échelle compare deux nombres d'emplois d'au moins 1."
            raise ValueError(message)

    @property
    def whole(self) -> bool:
        """Whether the data are the country itself."""
        return self.jobs == self.country

    def of(self, jobs: int) -> int:
        """Jobs of the country, at least 0, brought to the size of the data, to the nearest whole job."""
        return divide(jobs * self.jobs, self.country, Direction.HALF_UP, ROUNDING)


WHOLE = Scale()


@cache
def targets() -> Targets:
    """What was promised; InvalidTargets says which key of the file is wrong."""
    return read_targets(resources.files("minassa.outlook").joinpath(FILE).read_text(encoding="utf-8"))


def read_targets(text: str) -> Targets:
    """Targets from the text of a file; InvalidTargets when it departs from the schema or does not hang together."""
    try:
        read = Targets.model_validate(yaml.safe_load(text))
    except ValidationError as error:
        details = " ; ".join(f"{'.'.join(map(str, e['loc']))} : {e['msg']}" for e in error.errors())
        raise InvalidTargets(f"Les objectifs ne suivent pas leur schéma : {details}") from error
    points = [(read.start.month, read.start.jobs), *((m.month, m.level_jobs) for m in read.milestones)]
    if any(later <= earlier or more < less for (earlier, less), (later, more) in pairwise(points)):
        raise InvalidTargets("Les jalons se suivent dans le temps et montent, depuis la première base.")
    if any(m.level_jobs - m.additional_jobs != read.start.jobs for m in read.milestones):
        raise InvalidTargets("Chaque jalon vaut la première base plus les emplois promis ; sinon la base est fausse.")
    return read


def path(scale: Scale = WHOLE) -> pl.DataFrame:
    """The path of the programme, month by month from its start to its last milestone, at the size of the data.

    Columns: `month`, `level_jobs`, `additional_jobs`, `milestone` (a number that was promised, not a point of the line
    we draw), `status`.
    """
    promised = targets()
    points = [(promised.start.month, promised.start.jobs, promised.start.status)]
    points += [(m.month, m.level_jobs, m.status) for m in promised.milestones]
    rows: list[tuple[int, int, bool, str]] = []
    for (start, low, status), (end, high, _) in pairwise(points):
        rows.append((start, low, True, status.value))
        line = [low + _risen(high - low, month - start, end - start) for month in range(start + 1, end)]
        rows += [(start + rank, jobs, False, promised.between.status.value) for rank, jobs in enumerate(line, 1)]
    month, jobs, status = points[-1]
    rows.append((month, jobs, True, status.value))
    first = scale.of(promised.start.jobs)
    return pl.DataFrame(
        [(month, scale.of(jobs), scale.of(jobs) - first, sure, status) for month, jobs, sure, status in rows],
        schema={
            "month": pl.Int32,
            "level_jobs": pl.Int64,
            "additional_jobs": pl.Int64,
            "milestone": pl.Boolean,
            "status": pl.String,
        },
        orient="row",
    )


def _risen(rise: int, months: int, of: int) -> int:
    return divide(rise * months, of, Direction.HALF_UP, ROUNDING)
