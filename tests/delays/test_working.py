from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.delays import DisorderedEvents, OutsideCalendar, calendar_status, instant_at, local_day, working_calendar
from minassa.vocabulary.statuses import Status
from tests.delays.histories import FIRST, SPAN

CALENDAR = working_calendar()
INSTANTS = st.integers(FIRST, FIRST + SPAN)


def hours(first: date, last: date) -> int:
    """Working hours from the beginning of a day to the beginning of another."""
    seconds = CALENDAR.working_seconds(instant_at(first), instant_at(last))
    assert seconds % 3600 == 0
    return seconds // 3600


def test_an_ordinary_week_has_forty_hours() -> None:
    assert hours(date(2026, 6, 1), date(2026, 6, 8)) == 40


def test_a_week_of_ramadan_has_thirty_hours_even_when_the_clock_has_just_changed() -> None:
    assert hours(date(2026, 2, 23), date(2026, 3, 2)) == 30
    assert hours(date(2026, 2, 13), date(2026, 2, 21)) == 8 + 3 * 8 + 2 * 6


def test_hours_follow_the_clock_shown_through_its_change() -> None:
    before, after = instant_at(date(2026, 9, 18), 510), instant_at(date(2026, 9, 21), 510)
    assert after - before == 3 * 86_400 + 3600
    assert CALENDAR.working_seconds(before, after) == 8 * 3600
    assert CALENDAR.is_open(after)
    assert not CALENDAR.is_open(after - 1)


def test_holidays_and_week_ends_are_not_worked() -> None:
    assert hours(date(2026, 10, 31), date(2026, 11, 2)) == 0
    assert hours(date(2026, 11, 2), date(2026, 11, 9)) == 32
    assert not CALENDAR.is_working_day(date(2025, 6, 9))
    assert CALENDAR.next_working_day(date(2025, 6, 6)) == date(2025, 6, 6)
    assert CALENDAR.next_working_day(date(2025, 6, 7)) == date(2025, 6, 10)


@given(INSTANTS, INSTANTS, INSTANTS)
def test_time_over_adjoining_spans_adds_up(one: int, two: int, three: int) -> None:
    first, middle, last = sorted((one, two, three))
    for measure in (CALENDAR.working_seconds, CALENDAR.working_minutes):
        assert measure(first, middle) + measure(middle, last) == measure(first, last)
    assert 0 <= CALENDAR.working_seconds(first, last) <= last - first
    assert abs(CALENDAR.working_minutes(first, last) * 60 - CALENDAR.working_seconds(first, last)) < 60


@given(st.integers(FIRST, FIRST + 30 * 86_400), st.integers(0, 86_400))
def test_working_time_is_counted_second_by_second(start: int, length: int) -> None:
    end = start + length
    edges = sorted({start, end, *range(start - start % 900 + 900, end, 900)})
    slow = sum(b - a for a, b in pairwise(edges) if CALENDAR.is_open((a + b) // 2))
    assert slow == CALENDAR.working_seconds(start, end)


@given(INSTANTS, st.integers(1, 400 * 3600))
def test_the_instant_reached_is_the_first_at_which_the_time_has_passed(start: int, seconds: int) -> None:
    reached = CALENDAR.after_working_seconds(start, seconds)
    assert CALENDAR.working_seconds(start, reached) == seconds
    assert CALENDAR.working_seconds(start, reached - 1) == seconds - 1


def test_no_time_is_reached_at_once() -> None:
    assert CALENDAR.after_working_seconds(FIRST, 0) == FIRST


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2037, 1, 1)])
def test_beyond_the_known_holidays_it_refuses(day: date) -> None:
    with pytest.raises(OutsideCalendar):
        CALENDAR.is_working_day(day)
    with pytest.raises(OutsideCalendar):
        CALENDAR.working_seconds(*sorted((instant_at(date(2026, 1, 1)), instant_at(day, 60))))
    with pytest.raises(OutsideCalendar):
        CALENDAR.after_working_seconds(instant_at(date(2036, 12, 30)), 100 * 3600)


def test_the_last_known_day_is_whole() -> None:
    assert local_day(instant_at(date(2037, 1, 1)) - 1) == CALENDAR.last
    assert hours(CALENDAR.last, date(2037, 1, 1)) == 8


def test_a_reversed_span_is_refused() -> None:
    with pytest.raises(DisorderedEvents):
        CALENDAR.working_seconds(FIRST + 1, FIRST)
    with pytest.raises(DisorderedEvents):
        CALENDAR.working_minutes(FIRST + 1, FIRST)


def test_a_span_is_as_sure_as_its_least_sure_holiday() -> None:
    assert calendar_status(date(2026, 4, 1), date(2026, 4, 30)) is Status.OFFICIAL
    assert calendar_status(date(2026, 11, 1), date(2026, 11, 30)) is Status.PRESS
    assert calendar_status(date(2026, 3, 20), date(2026, 3, 20)) is Status.ASSUMED
