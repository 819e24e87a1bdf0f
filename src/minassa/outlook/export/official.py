"""The two official series of exports, each of its own scope, with the year in which one breaks off from the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Annotated, Any, Final, Generic

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from minassa.outlook.export.scopes import KINDS, ExchangeOfficeTurnover, MinistryTurnover, Scope, T, one_scope
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.statuses import Status

FILE: Final = "official.yaml"
MILLION: Final = 100_000_000
"""Centimes of a million dirhams."""
ALL: Final = "all"
YEAR: Final = 4
"""Figures of a year alone."""


class InvalidExports(MinassaError):
    """The file of official exports does not follow its closed schema."""

    code = "OUTLOOK-EXPORTS"


class Closed(BaseModel):
    """A model that refuses keys it does not know and is never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Period = Annotated[str, Field(pattern=r"^20[0-9]{2}(-H[12]|-Q[1-4])?$")]


class Figure(Closed):
    """A figure as its source prints it, in whole millions of dirhams; `up_to` when it gives a range."""

    filiere: str = Field(pattern=r"^(all|(ITO|CRM|BPO|ESO|KPO)(\+(ITO|CRM|BPO|ESO|KPO))*)$")
    period: Period
    millions: int = Field(gt=0)
    up_to: int | None = None
    status: Status
    url: str
    note: str = ""


class Milestone(Closed):
    """A turnover promised by the end of a year."""

    year: int
    millions: int = Field(gt=0)
    status: Status


class TargetRead(Closed):
    """A target read in one scope: where the path starts, what is promised, and why that reading."""

    scope: Scope
    start: Milestone
    milestones: tuple[Milestone, ...] = Field(min_length=1)
    status: Status
    url: str
    note: str = Field(min_length=1)
    reviewed_on: str


class Official(Closed):
    """The whole file."""

    break_year: int
    break_note: str = Field(min_length=1)
    ministry: tuple[Figure, ...]
    exchange_office: tuple[Figure, ...]
    targets: tuple[TargetRead, ...]


@dataclass(frozen=True, slots=True)
class Point(Generic[T]):
    """A turnover of a period; `year` is None for a half or a quarter; `up_to` when the source gives a range."""

    period: str
    filiere: str
    value: T
    up_to: T | None
    status: Status
    url: str
    note: str

    @property
    def year(self) -> int | None:
        """The year, for a figure of a whole year."""
        return int(self.period) if len(self.period) == YEAR else None


@dataclass(frozen=True, slots=True)
class Series(Generic[T]):
    """Points of one scope; MixedScopes when a point is of another."""

    scope: Scope
    points: tuple[Point[T], ...]

    def __post_init__(self) -> None:
        """Look at the type of every value."""
        one_scope([self.scope, *(point.value.scope for point in self.points)])

    def yearly(self, filiere: str = ALL) -> list[Point[T]]:
        """The points of whole years of a filière, the oldest first."""
        found = [point for point in self.points if point.year and point.filiere == filiere]
        return sorted(found, key=lambda point: point.period)


@cache
def official() -> Official:
    """The file; InvalidExports says which key is wrong."""
    text = resources.files("minassa.outlook.export").joinpath(FILE).read_text(encoding="utf-8")
    try:
        return Official.model_validate(yaml.safe_load(text))
    except ValidationError as error:
        details = " ; ".join(f"{'.'.join(map(str, e['loc']))} : {e['msg']}" for e in error.errors())
        raise InvalidExports(f"Les exportations officielles ne suivent pas leur schéma : {details}") from error


def ministry_series() -> Series[MinistryTurnover]:
    """The narrow series, until 2023."""
    return Series(Scope.MINISTRY, _points(MinistryTurnover, official().ministry))


def exchange_office_series() -> Series[ExchangeOfficeTurnover]:
    """The receipts of the Office des Changes, from 2023 on."""
    return Series(Scope.EXCHANGE_OFFICE, _points(ExchangeOfficeTurnover, official().exchange_office))


def official_series(scope: Scope) -> Series[Any]:
    """The official series of a scope; KeyError for a scope that has none."""
    series: dict[Scope, Callable[[], Series[Any]]] = {
        Scope.MINISTRY: ministry_series,
        Scope.EXCHANGE_OFFICE: exchange_office_series,
    }
    return series[scope]()


def _points(kind: type[T], figures: Iterable[Figure]) -> tuple[Point[T], ...]:
    return tuple(
        Point(
            period=one.period,
            filiere=one.filiere,
            value=kind(one.millions * MILLION),
            up_to=None if one.up_to is None else kind(one.up_to * MILLION),
            status=one.status,
            url=one.url,
            note=one.note,
        )
        for one in figures
    )


def kind_of(scope: Scope) -> type[Any]:
    """The type of turnovers of a scope."""
    return KINDS[scope]
