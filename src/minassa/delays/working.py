"""The working calendar of the administrations: which days, which hours, how much working time between two instants.

Instants are epoch seconds and working time is counted in whole seconds, on the hours that Moroccan clocks show: a
change of the clock moves opening and closing with it. Everything is a difference of one running total, so that time
over adjoining spans adds up exactly.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from minassa.delays.errors import DisorderedEvents, OutsideCalendar
from minassa.delays.figures import Figures, Hours, Season, figures
from minassa.delays.holidays import Holiday, days_between, holiday_file, holidays, ramadan_on
from minassa.delays.zone import SECONDS_A_MINUTE, instant_at, local_day
from minassa.vocabulary.statuses import Status, weakest

FRIDAY = 4
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The days from `first` on, one place per day in each tuple; use `working_calendar()` for the legal one.

    `midnights` has one more place, the end of the last day, and `running` too: the working seconds before each day.
    """

    first: date
    midnights: tuple[int, ...]
    opens: tuple[int, ...]
    closes: tuple[int, ...]
    running: tuple[int, ...]

    @property
    def last(self) -> date:
        """The last day of the calendar."""
        return self.first + timedelta(days=len(self.opens) - 1)

    def is_working_day(self, day: date) -> bool:
        """Tell whether administrations work on a day; OutsideCalendar beyond the known days."""
        rank = self._rank(day)
        return self.opens[rank] < self.closes[rank]

    def next_working_day(self, day: date) -> date:
        """Return the day itself when it is worked, else the first worked day after it."""
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def working_seconds(self, start: int, end: int) -> int:
        """Return the working seconds between two instants; DisorderedEvents when the end precedes the start."""
        if end < start:
            raise DisorderedEvents("La période finit avant de commencer.", start=start, end=end)
        return self._until(end) - self._until(start)

    def working_minutes(self, start: int, end: int) -> int:
        """Return the working minutes between two instants, as the calendar's own count of whole minutes advances.

        So minutes of adjoining spans add up exactly; each differs from the exact time by less than a minute.
        """
        if end < start:
            raise DisorderedEvents("La période finit avant de commencer.", start=start, end=end)
        return self._until(end) // SECONDS_A_MINUTE - self._until(start) // SECONDS_A_MINUTE

    def after_working_seconds(self, start: int, seconds: int) -> int:
        """Return the first instant from `start` on at which that many working seconds (at least 0) have passed."""
        if seconds <= 0:
            return start
        target = self._until(start) + seconds
        if target > self.running[-1]:
            raise OutsideCalendar(f"L'échéance dépasse le {self.last.isoformat()}, dernier jour du calendrier connu.")
        rank = bisect_left(self.running, target) - 1
        return self.opens[rank] + target - self.running[rank]

    def midnight(self, day: date) -> int:
        """Return the instant at which a day begins; OutsideCalendar beyond the known days and the one after."""
        return self.midnights[self._rank(day, len(self.midnights))]

    def is_open(self, instant: int) -> bool:
        """Tell whether administrations are open at an instant."""
        rank = self._rank(local_day(instant))
        return self.opens[rank] <= instant < self.closes[rank]

    def _rank(self, day: date, places: int | None = None) -> int:
        rank = (day - self.first).days
        if not 0 <= rank < (places or len(self.opens)):
            raise OutsideCalendar(
                f"Les jours fériés du {day.isoformat()} ne sont pas connus : le calendrier va du"
                f" {self.first.isoformat()} au {self.last.isoformat()}."
            )
        return rank

    def _until(self, instant: int) -> int:
        """Working seconds from the beginning of the calendar to an instant."""
        if not self.midnights[0] <= instant <= self.midnights[-1]:
            self._rank(local_day(instant))
            raise OutsideCalendar("L'instant sort du calendrier connu.", instant=instant)
        rank = bisect_right(self.midnights, instant) - 1
        if rank == len(self.opens):
            return self.running[-1]
        return self.running[rank] + max(0, min(instant, self.closes[rank]) - self.opens[rank])


def build_calendar(first: date, last: date, hours: Callable[[date], tuple[int, int] | None]) -> WorkingCalendar:
    """Build a calendar from the hours of each day, in minutes after midnight, or None for a day off."""
    opens, closes, running = [], [], [0]
    for day in days_between(first, last):
        opening, closing = hours(day) or (0, 0)
        opens.append(instant_at(day, opening))
        closes.append(instant_at(day, closing))
        running.append(running[-1] + closes[-1] - opens[-1])
    midnights = tuple(instant_at(day) for day in days_between(first, last + _ONE_DAY))
    return WorkingCalendar(first, midnights, tuple(opens), tuple(closes), tuple(running))


@cache
def working_calendar() -> WorkingCalendar:
    """Return the legal calendar: Monday to Friday, the hours of the season, holidays off, for the known years."""
    table, read = holiday_file(), figures()
    off = {holiday.day for year in range(table.known_from.year, table.known_to.year + 1) for holiday in holidays(year)}
    return build_calendar(
        table.known_from,
        table.known_to,
        lambda day: None if day.weekday() > FRIDAY or day in off else opening_hours(day, read),
    )


def opening_hours(day: date, read: Figures | None = None) -> tuple[int, int]:
    """Return when administrations open and close on a worked day, in minutes after midnight.

    OutsideCalendar when no hours are known. Source: decree 2-05-916, article 1; in Ramadan, order 05.1899.
    """
    found = _hours(day, read or figures())
    return found.opens, found.closes


def _hours(day: date, read: Figures) -> Hours:
    season = Season.ORDINARY if ramadan_on(day) is None else Season.RAMADAN
    for entry in read.hours:
        if entry.season is season and entry.in_force(day):
            return entry
    raise OutsideCalendar(f"Aucun horaire de travail n'est connu le {day.isoformat()}.")


def holidays_between(first: date, last: date) -> tuple[Holiday, ...]:
    """Return the holidays from first to last, both included, and those whose other plausible day lies there."""
    return tuple(
        holiday
        for year in range(first.year, last.year + 1)
        for holiday in holidays(year)
        if first <= holiday.day <= last or (holiday.other is not None and first <= holiday.other <= last)
    )


def calendar_status(first: date, last: date) -> Status:
    """Return how sure the worked days from first to last are: that of the least sure holiday, `official` if none."""
    return weakest((holiday.status for holiday in holidays_between(first, last)), default=Status.OFFICIAL)


def hours_status(first: date, last: date) -> Status:
    """Return how sure the opening hours from first to last are, the limits of each Ramadan among them."""
    known = {ramadan_on(day) for day in days_between(first, last)}
    seasons = [_hours(day, figures()).status for day in (first, last)]
    return weakest([*seasons, *(fasting.status for fasting in known if fasting is not None)])
