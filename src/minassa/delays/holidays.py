"""Public holidays and Ramadan, each day with how sure it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pydantic import Field, StrictInt

from minassa.delays.documents import Closed, packaged, parse
from minassa.vocabulary.statuses import Status


class Names(Closed):
    """The name of a holiday in the three languages."""

    fr: str
    ar: str
    en: str


class Civil(Closed):
    """A holiday that falls on the same day each year, from a year on."""

    holiday: str
    month: StrictInt = Field(ge=1, le=12)
    day: StrictInt = Field(ge=1, le=31)
    starts: StrictInt
    ends: StrictInt | None = None
    status: Status


class Moving(Closed):
    """One day of a holiday that follows the crescent, with the other plausible day when it was computed."""

    date: dt.date
    holiday: str
    status: Status
    other: dt.date | None = None
    url: str | None = None


class Fasting(Closed):
    """The first and last day of a Ramadan."""

    first: date
    last: date
    status: Status
    url: str | None = None


class HolidayFile(Closed):
    """The whole table, and the days for which it is complete."""

    known_from: date
    known_to: date
    names: dict[str, Names]
    civil: list[Civil]
    moving: list[Moving]
    ramadan: list[Fasting]


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off: which holiday, how sure the day is, and the other plausible day."""

    day: date
    code: str
    status: Status
    other: date | None
    names: Names

    def name(self, language: str = "fr") -> str:
        """Return the name in `fr`, `ar` or `en`; AttributeError for another language."""
        found: str = getattr(self.names, language)
        return found


def parse_holidays(content: str, origin: str) -> HolidayFile:
    """Read a table of holidays; InvalidDelayData when it departs from its schema."""
    return parse(content, origin, HolidayFile)


def holiday_file() -> HolidayFile:
    """Return the table of this package."""
    table: HolidayFile = packaged("holidays.yaml", HolidayFile)
    return table


@cache
def holidays(year: int) -> tuple[Holiday, ...]:
    """Return the holidays of a year, in order; two holidays on one day give two entries."""
    return tuple(sorted(_of_year(year, holiday_file()), key=lambda holiday: (holiday.day, holiday.code)))


def _of_year(year: int, table: HolidayFile) -> Iterator[Holiday]:
    for civil in table.civil:
        if civil.starts <= year and (civil.ends is None or year <= civil.ends):
            day = date(year, civil.month, civil.day)
            yield Holiday(day, civil.holiday, civil.status, None, table.names[civil.holiday])
    for moving in table.moving:
        if moving.date.year == year:
            yield Holiday(moving.date, moving.holiday, moving.status, moving.other, table.names[moving.holiday])


def ramadan_on(day: date) -> Fasting | None:
    """Return the Ramadan that a day belongs to, or None."""
    return next((fasting for fasting in holiday_file().ramadan if fasting.first <= day <= fasting.last), None)


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield the days from first to last, both included."""
    for rank in range((last - first).days + 1):
        yield first + timedelta(days=rank)
