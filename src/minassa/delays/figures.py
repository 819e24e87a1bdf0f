"""The delays of the law and of the service, the hours of work and the rules of counting, each dated and sourced."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StrictBool, StrictInt

from minassa.delays.documents import Closed, Dated, check_dated, packaged, parse
from minassa.delays.errors import UnknownDelay


class DelayUnit(StrEnum):
    """What a delay is counted in."""

    CALENDAR_DAYS = "calendar_days"
    """Whole days, holidays included."""
    WORKING_DAYS = "working_days"
    """Whole days on which administrations work."""
    WORKING_HOURS = "working_hours"
    """Hours during which administrations are open."""
    MINUTES = "minutes"
    """Minutes of the clock, night and holidays included."""


class Season(StrEnum):
    """The two schedules of a year."""

    ORDINARY = "ordinary"
    RAMADAN = "ramadan"


def _minutes(shown: object) -> object:
    """Read `08:30` as minutes after midnight; anything else is left to be refused."""
    if not isinstance(shown, str) or len(shown) != len("00:00"):
        return shown
    hours, colon, minutes = shown.partition(":")
    return int(hours) * 60 + int(minutes) if colon and (hours + minutes).isdecimal() else shown


ClockTime = Annotated[StrictInt, BeforeValidator(_minutes), Field(ge=0, lt=24 * 60)]


class DelayValue(Dated):
    """One dated value of a delay."""

    value: StrictInt = Field(ge=1)
    url: str | None


class DelayEntry(Closed):
    """A delay: what it is, its unit, its dated values."""

    description: str = Field(min_length=1)
    unit: DelayUnit
    values: list[DelayValue] = Field(min_length=1)


class Hours(Dated):
    """Opening hours of a season, in minutes after midnight as Moroccan clocks show them."""

    season: Season
    opens: ClockTime
    closes: ClockTime
    url: str | None


class Counting(Dated):
    """How days are counted: whether the first one counts, where the last one goes, what a pause does."""

    first_day_counts: StrictBool
    roll_over: Literal["next_working_day", "none"]
    pause_effect: Literal["suspends", "none"]
    url: str | None


class Figures(Closed):
    """The whole file of figures."""

    delays: dict[str, DelayEntry]
    hours: list[Hours]
    counting: list[Counting]


class Delay(Closed):
    """A delay as it stands on a day: its value in its unit, the rules of its count, its source."""

    code: str
    description: str
    unit: DelayUnit
    value: StrictInt
    source: DelayValue
    counting: Counting


def parse_figures(content: str, origin: str) -> Figures:
    """Read a file of figures; InvalidDelayData when it departs from the schema or two values hold on the same day."""
    return _checked(parse(content, origin, Figures), origin)


@cache
def figures() -> Figures:
    """Return the figures of this package."""
    return _checked(packaged("figures.yaml", Figures), "figures.yaml")


def _checked(read: Figures, origin: str) -> Figures:
    for code, entry in read.delays.items():
        check_dated(list(entry.values), f"{origin}, {code}")
    check_dated(list(read.counting), f"{origin}, counting")
    for season in Season:
        check_dated([entry for entry in read.hours if entry.season is season], f"{origin}, {season}")
    return read


def delay(code: str, on: date, known: Figures | None = None) -> Delay:
    """Return the delay of a code as it stands on a day; UnknownDelay when there is none."""
    read = known or figures()
    entry = read.delays.get(code)
    if entry is None:
        raise UnknownDelay(f"Le délai « {code} » n'existe pas ; délais connus : {', '.join(sorted(read.delays))}.")
    source = next((value for value in entry.values if value.in_force(on)), None)
    if source is None:
        raise UnknownDelay(f"Le délai « {code} » n'a pas de valeur le {on.isoformat()}.", code=code)
    return Delay(
        code=code,
        description=entry.description,
        unit=entry.unit,
        value=source.value,
        source=source,
        counting=counting(on, read),
    )


def counting(on: date, known: Figures | None = None) -> Counting:
    """Return the rules of counting on a day; UnknownDelay when there is none."""
    found = next((entry for entry in (known or figures()).counting if entry.in_force(on)), None)
    if found is None:
        raise UnknownDelay(f"Aucune règle de computation n'est connue le {on.isoformat()}.")
    return found
