"""Moments at which delays end, from their figures and the pauses of a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from minassa.delays.deadlines import Pause, deadline
from minassa.delays.figures import Delay, DelayUnit, delay
from minassa.delays.zone import instant_at, instant_of, local_day, moment_of

_IN_DAYS = frozenset({DelayUnit.CALENDAR_DAYS, DelayUnit.WORKING_DAYS})


def due_at(code: str, start: datetime, pauses: Iterable[Pause] = ()) -> datetime:
    """First instant at which the delay of a code, begun at `start`, is past; OutsideCalendar beyond known holidays."""
    begun = instant_of(start)
    day = local_day(begun)
    figure, stops = _figure(code, day), tuple(pauses)
    if figure.unit in _IN_DAYS and not stops:
        return _due_after_day(code, day)
    return moment_of(deadline(begun, figure, stops).at)


@lru_cache(maxsize=512)
def _figure(code: str, day: date) -> Delay:
    return delay(code, day)


@lru_cache(maxsize=2048)
def _due_after_day(code: str, day: date) -> datetime:
    """A delay in days ends at the same instant whatever the hour at which its first day saw it begin."""
    return moment_of(deadline(instant_at(day), _figure(code, day)).at)
