"""What an indicator is: one small function of sums of a month or a year, and all that must be known to read it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, Final

from django.utils.functional import Promise

from minassa.vocabulary.rounding import Direction, divide
from minassa.vocabulary.statuses import Status

WHOLE: Final = 10_000
"""Basis points of a whole."""
ROUNDING: Final = "minassa-default#affichage"


class Unit(StrEnum):
    """What a value counts."""

    JOBS = "jobs"
    CENTS = "cents"
    BASIS_POINTS = "basis_points"
    SECONDS = "seconds"
    COUNT = "count"


class Frequency(StrEnum):
    """How often a value is given: each month, added up since July 2025 or from the start, or each year."""

    MONTH = "month"
    SINCE = "since"
    TOTAL = "total"
    YEAR = "year"


class Source(StrEnum):
    """Where sums come from: the table of the last run, accounts, cases, sheets of training, register of ventures."""

    RUN = "run"
    LEDGER = "ledger"
    DELAYS = "delays"
    TRAINING = "training"
    VENTURES = "ventures"


Formula = Callable[..., int | None]


@dataclass(frozen=True, slots=True)
class Break:
    """Where a series stops being comparable: since when or between what, why, how sure, where it was read."""

    note: str | Promise
    status: Status
    url: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator: its formula and its reading.

    `inputs`: the sums that the formula takes, by name. `status`: that of the definition; the weakest status behind the
    value travels with it (`rank`: the column that holds it). `falls`: it is good news when the value falls. `persons`:
    the sum that counts the persons whose attribute it tells, where it tells one; too few are not told to everyone.
    """

    code: str
    formula: Formula = field(repr=False)
    label: str | Promise
    definition: str | Promise
    unit: Unit
    origin: str | Promise
    owner: str
    status: Status
    group: str
    frequency: Frequency = Frequency.MONTH
    source: Source = Source.RUN
    breaks: tuple[Break, ...] = ()
    rank: str = ""
    falls: bool = False
    sums: tuple[str, ...] = ()
    persons: str = ""

    @property
    def inputs(self) -> tuple[str, ...]:
        """The sums that the formula takes: those named after its parameters, unless others are told."""
        return self.sums or tuple(inspect.signature(self.formula).parameters)

    def value(self, sums: Mapping[str, int | None]) -> int | None:
        """The value for these sums; None when one of them is not known."""
        given = [sums.get(name) for name in self.inputs]
        return None if any(one is None for one in given) else self.formula(*given)


class Catalogue:
    """Every indicator of the platform by code, in the order they were written."""

    _known: ClassVar[dict[str, Indicator]] = {}

    @classmethod
    def add(cls, one: Indicator) -> None:
        """Enter an indicator; ValueError when its code is taken."""
        if one.code in cls._known:
            message = f"two indicators are called {one.code}"
            raise ValueError(message)
        cls._known[one.code] = one

    @classmethod
    def all(cls) -> Mapping[str, Indicator]:
        """Every indicator, by code."""
        return MappingProxyType(cls._known)


def indicator(**told: Any) -> Callable[[Formula], Formula]:  # noqa: ANN401 (the fields of `Indicator`, checked there)
    """Enter a function as an indicator under its own name; what it takes are the sums it reads."""

    def enter(formula: Formula) -> Formula:
        Catalogue.add(Indicator(formula.__name__, formula, **told))
        return formula

    return enter


def share(part: int, whole: int) -> int | None:
    """The part of a whole, in basis points; None of nothing."""
    return divide(part * WHOLE, whole, Direction.HALF_UP, ROUNDING) if whole > 0 else None


def each(total: int, number: int) -> int | None:
    """A total by unit, to the nearest whole; None when there are no units or the total is below zero."""
    return divide(total, number, Direction.HALF_UP, ROUNDING) if number > 0 and total >= 0 else None
