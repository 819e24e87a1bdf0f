"""The calendar of claims: which periods are complete, when a claim opens, until when it lives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Final

from pydantic import Field, StrictInt

from minassa.claims.dated_data import one_at_a_time, packaged
from minassa.claims.errors import InvalidClaimData
from minassa.delays import delay, instant_at, instant_of, local_day, moment_of
from minassa.delays.documents import Closed, Dated
from minassa.delays.errors import UnknownDelay
from minassa.delays.moments import due_at
from minassa.entitlements.spells import STABILITY_MONTHS
from minassa.vocabulary.periods import (
    MONTHS_A_QUARTER,
    MONTHS_A_YEAR,
    first_day,
    format_month,
    last_day,
    month_number,
    month_of,
    year_of,
)

REGULARISATIONS: Final = 9
"""How often a year, or another period that is over, may be claimed again, at most."""
_REGULARISED: Final = "-R"
_NUMBERS: Final = frozenset(str(number) for number in range(1, REGULARISATIONS + 1))


class Rhythm(StrEnum):
    """What a claim covers."""

    QUARTER = "quarter"
    YEAR = "year"
    FISCAL_YEAR = "fiscal_year"
    """The fiscal years that close in a month."""
    STAY = "stay"
    """The hires that reach their 18th month in a month."""


class CalendarEntry(Dated):
    """The calendar of one measure while it holds; delays by their codes."""

    rhythm: Rhythm
    opens_after: str
    contest_within: str
    sign_within: str
    prescribed_after_months: StrictInt = Field(ge=1)


class CalendarFile(Closed):
    """The whole file, by measure."""

    air: list[CalendarEntry] = Field(min_length=1)
    ais: list[CalendarEntry] = Field(min_length=1)
    pae: list[CalendarEntry] = Field(min_length=1)
    paf: list[CalendarEntry] = Field(min_length=1)

    def of(self, measure: str) -> list[CalendarEntry]:
        """The entries of a measure."""
        entries: list[CalendarEntry] = getattr(self, measure)
        return entries


MEASURES = tuple(CalendarFile.model_fields)
"""Measures that are claimed."""


@dataclass(frozen=True, slots=True)
class ClaimPeriod:
    """What one claim covers: months first to last, both included, named `2026-T1`, `2026` or `2026-11`.

    A year claimed again is named after its last quarter, another period after itself: `2026-T4-R1`, `2026-R1`.
    """

    measure: str
    name: str
    first_month: int
    last_month: int
    entry: CalendarEntry

    @property
    def year_start(self) -> int:
        """First month from which amounts add up to the end of the period: that of the year, or of the calendar."""
        if self.entry.rhythm is Rhythm.QUARTER:
            january = year_of(self.last_month) * MONTHS_A_YEAR
            return max(january, month_of(self.entry.starts))
        return self.first_month

    @property
    def claims_again(self) -> bool:
        """Whether it is claimed again, for what later declarations change."""
        return _REGULARISED in self.name

    @property
    def gives_back(self) -> bool:
        """Whether a claim gives back what former ones asked too much; else a restitution does, the firm heard first."""
        return self.entry.rhythm is Rhythm.QUARTER

    @property
    def hired_month(self) -> int:
        """The month of hiring of those who reach the 18th month of their stay in this period."""
        return self.last_month - STABILITY_MONTHS + 1

    @property
    def opens_at(self) -> datetime:
        """The first moment at which its declarations are taken to be there."""
        return due_at(self.entry.opens_after, moment_of(instant_at(last_day(self.last_month))))

    @property
    def prescribed_on(self) -> date:
        """The last day on which it may still be signed, whatever else happens."""
        return last_day(self.last_month + self.entry.prescribed_after_months)


@cache
def calendar() -> CalendarFile:
    """The calendar of this package, checked; InvalidClaimData."""
    return checked(packaged("calendar.yaml", CalendarFile))


def checked(read: CalendarFile) -> CalendarFile:
    """The calendar, no two entries of a measure at once, each delay known; InvalidClaimData."""
    for measure in MEASURES:
        one_at_a_time(read.of(measure), f"calendar.yaml, {measure}")
        for entry in read.of(measure):
            for code in (entry.opens_after, entry.contest_within, entry.sign_within):
                _known(code, entry.starts)
    return read


def _known(code: str, day: date) -> None:
    try:
        delay(code, day)
    except UnknownDelay as error:
        raise InvalidClaimData(error.message) from error


def complete_periods(measure: str, until: int, at: datetime) -> list[ClaimPeriod]:
    """The periods of a measure whose months are all known at the end of `until`, open at a moment, not prescribed."""
    found = [
        period for entry in calendar().of(measure) for period in _periods(measure, entry) if period.last_month <= until
    ]
    # Holidays are not known for ever: only of a period that is over is it asked when it opens.
    today = local_day(instant_of(at))
    over = [period for period in found if last_day(period.last_month) < today <= period.prescribed_on]
    return [period for period in over if period.opens_at <= at]


def coming_periods(measure: str, at: datetime, months: int) -> list[ClaimPeriod]:
    """The periods of a measure that end from the month of a moment on, within so many months; the nearest first."""
    now = month_of(local_day(instant_of(at)))
    found = [period for entry in calendar().of(measure) for period in _periods(measure, entry)]
    return [period for period in found if now <= period.last_month < now + months]


def _periods(measure: str, entry: CalendarEntry) -> Iterator[ClaimPeriod]:
    months = {Rhythm.QUARTER: MONTHS_A_QUARTER, Rhythm.YEAR: MONTHS_A_YEAR}.get(entry.rhythm, 1)
    begins = month_of(entry.starts)
    for last in range(begins, month_of(entry.ends or entry.starts) + 1):
        if (last + 1) % months == 0:
            yield ClaimPeriod(measure, _name(entry.rhythm, last), max(begins, last - months + 1), last, entry)


def _name(rhythm: Rhythm, last: int) -> str:
    if rhythm is Rhythm.QUARTER:
        return f"{year_of(last)}-T{month_number(last) // MONTHS_A_QUARTER}"
    return str(year_of(last)) if rhythm is Rhythm.YEAR else format_month(last)


def closes(period: ClaimPeriod) -> bool:
    """Whether no other period comes to take up a difference: all but the quarters before the last of a year."""
    if period.claims_again:
        return False
    if period.entry.rhythm is not Rhythm.QUARTER:
        return True
    last = month_of(period.entry.ends) if period.entry.ends else None
    return month_number(period.last_month) == MONTHS_A_YEAR or period.last_month == last


def regularisation(period: ClaimPeriod, number: int) -> ClaimPeriod:
    """A period that closes, claimed again (its whole year, for a quarter) for what later declarations change.

    Named `2026-T4-R1`, then `-R2`.
    """
    name = f"{period.name}{_REGULARISED}{number}"
    return ClaimPeriod(period.measure, name, period.year_start, period.last_month, period.entry)


def period_named(measure: str, name: str) -> ClaimPeriod:
    """The period of a measure by its name; InvalidClaimData when the calendar has none."""
    first, again, number = name.partition(_REGULARISED)
    if again:
        base = period_named(measure, first)
        if closes(base) and number in _NUMBERS:
            return regularisation(base, int(number))
    for entry in calendar().of(measure):
        for period in _periods(measure, entry):
            if period.name == name:
                return period
    raise InvalidClaimData(f"Le calendrier de la mesure ne connaît pas la période « {name} ».", measure=measure)


def starts_on(period: ClaimPeriod) -> date:
    """The first day of a period."""
    return first_day(period.first_month)
