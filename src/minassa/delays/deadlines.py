"""When a delay ends: in days, in opening hours or in minutes, with the pauses that suspend it.

Instants are epoch seconds. A delay in days ends with its last day, at midnight in Morocco; a day is suspended when it
begins during a pause. A delay in opening hours or minutes is put off by the exact time paused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from minassa.delays.errors import DisorderedEvents
from minassa.delays.figures import Delay, DelayUnit
from minassa.delays.grounds import grounds
from minassa.delays.segments import Segment
from minassa.delays.working import WorkingCalendar, calendar_status, hours_status, working_calendar
from minassa.delays.zone import SECONDS_A_MINUTE, SECONDS_AN_HOUR, local_day
from minassa.vocabulary.statuses import Status, weakest

_ONE_DAY = timedelta(days=1)
_IN_DAYS = (DelayUnit.CALENDAR_DAYS, DelayUnit.WORKING_DAYS)


@dataclass(frozen=True, slots=True)
class Pause:
    """A time during which a clock is stopped, from `start` to `end` (epoch seconds, end excluded), and its ground."""

    start: int
    end: int
    ground: str


@dataclass(frozen=True, slots=True)
class Due:
    """The end of a delay.

    `at`: the first instant at which it is past (epoch seconds). `last_day`: the last day in Morocco on which it can
    still be met. `rolled_days`: days added because the last one was not worked. `status`: the least sure of the
    delay, the rules of counting and the holidays that weighed in.
    """

    at: int
    last_day: date
    rolled_days: int
    status: Status


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left before a deadline, in seconds of the clock and of opening hours; below zero when it is past."""

    seconds: int
    working_seconds: int

    @property
    def is_past(self) -> bool:
        """Whether the deadline is reached."""
        return self.seconds <= 0


def deadline(start: int, delay: Delay, pauses: Iterable[Pause] = (), calendar: WorkingCalendar | None = None) -> Due:
    """Return when a delay that starts at an instant (epoch seconds) ends, pauses taken into account.

    OutsideCalendar when it ends beyond the known holidays.
    """
    known = calendar or working_calendar()
    stops = merged(pauses, start) if delay.counting.pause_effect == "suspends" else ()
    if delay.unit in _IN_DAYS:
        return _in_days(start, delay, stops, known)
    at = _put_off(start, _after(delay.unit, delay.value, known), stops, _measure(delay.unit, known))
    last = local_day(at)
    return Due(at, last, 0, _timed_status(start, last, delay))


def _in_days(start: int, delay: Delay, stops: Sequence[Pause], known: WorkingCalendar) -> Due:
    day, left = local_day(start), delay.value
    if not delay.counting.first_day_counts:
        day += _ONE_DAY
    while not _counts(day, delay, stops, known) or left > 1:
        left -= _counts(day, delay, stops, known)
        day += _ONE_DAY
    last = known.next_working_day(day) if delay.counting.roll_over == "next_working_day" else day
    weighing = day if delay.unit is DelayUnit.CALENDAR_DAYS else local_day(start)
    status = weakest([delay.source.status, delay.counting.status, calendar_status(weighing, last)])
    return Due(known.midnight(last + _ONE_DAY), last, (last - day).days, status)


def _counts(day: date, delay: Delay, stops: Sequence[Pause], known: WorkingCalendar) -> bool:
    if delay.unit is DelayUnit.WORKING_DAYS and not known.is_working_day(day):
        return False
    begins = known.midnight(day)
    return not any(pause.start <= begins < pause.end for pause in stops)


def _timed_status(start: int, last: date, delay: Delay) -> Status:
    if delay.unit is DelayUnit.MINUTES:
        return delay.source.status
    first = local_day(start)
    return weakest([delay.source.status, hours_status(first, last), calendar_status(first, last)])


def _after(unit: DelayUnit, value: int, known: WorkingCalendar) -> Callable[[int, int], int]:
    """Return the instant reached from a start when `value` and some more seconds have been counted."""
    if unit is DelayUnit.WORKING_HOURS:
        return lambda start, more: known.after_working_seconds(start, value * SECONDS_AN_HOUR + more)
    return lambda start, more: start + value * SECONDS_A_MINUTE + more


def _measure(unit: DelayUnit, known: WorkingCalendar) -> Callable[[int, int], int]:
    if unit is DelayUnit.WORKING_HOURS:
        return known.working_seconds
    return lambda start, end: end - start


def _put_off(
    start: int, reach: Callable[[int, int], int], stops: Sequence[Pause], measure: Callable[[int, int], int]
) -> int:
    paused = 0
    at = reach(start, paused)
    for stop in stops:
        if stop.start >= at:
            break
        paused += measure(stop.start, stop.end)
        at = reach(start, paused)
    return at


def merged(pauses: Iterable[Pause], start: int) -> tuple[Pause, ...]:
    """Return the pauses in order, cut at `start`, those that touch or overlap made one; DisorderedEvents if reversed.

    A merged pause keeps the ground of its beginning.
    """
    found: list[Pause] = []
    for pause in sorted(pauses, key=lambda one: (one.start, one.end)):
        if pause.end < pause.start:
            raise DisorderedEvents("Une pause finit avant de commencer.", start=pause.start, end=pause.end)
        begins = max(pause.start, start)
        if found and begins <= found[-1].end:
            found[-1] = Pause(found[-1].start, max(found[-1].end, pause.end), found[-1].ground)
        elif begins < pause.end:
            found.append(Pause(begins, pause.end, pause.ground))
    return tuple(found)


def suspensions(life: Iterable[Segment], agency: str = "", spell: int = 0) -> tuple[Pause, ...]:
    """Return the pauses that suspend the delay of a case, or of one task of an administration (`spell` from 1).

    Only grounds that suspend legal delays count. A pause of the whole case stops its tasks; the pause of a task does
    not stop the case.
    """
    known = grounds()
    found = []
    for segment in life:
        task = segment.tasks.get(agency)
        grounded = segment.ground or (task.ground if task is not None and task.spell == spell else "")
        if grounded and known[grounded].suspends:
            found.append(Pause(segment.start, segment.end, grounded))
    return tuple(found)


def remaining(due: Due, now: int, calendar: WorkingCalendar | None = None) -> Remaining:
    """Return what is left at an instant (epoch seconds) before a deadline."""
    known = calendar or working_calendar()
    working = known.working_seconds(now, due.at) if now <= due.at else -known.working_seconds(due.at, now)
    return Remaining(due.at - now, working)
