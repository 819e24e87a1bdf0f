from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.delays import (
    Delay,
    DisorderedEvents,
    Event,
    EventKind,
    OutsideCalendar,
    Pause,
    deadline,
    delay,
    instant_at,
    remaining,
    segments,
    suspensions,
    working_calendar,
)
from minassa.delays.deadlines import merged
from minassa.vocabulary.statuses import Status
from tests.delays.histories import FIRST, SPAN

CODES = ("general_act", "investment_act", "agency_answer", "agency_acknowledgement", "platform_routing")
CALENDAR = working_calendar()


def known(code: str) -> Delay:
    return delay(code, date(2026, 6, 1))


def shorter(code: str, value: int) -> Delay:
    return known(code).model_copy(update={"value": value})


def at(day: date, hour: int = 10) -> int:
    return instant_at(day, hour * 60)


def test_sixty_days_do_not_count_the_first_and_end_with_the_last() -> None:
    due = deadline(at(date(2026, 6, 1)), known("general_act"))
    assert (due.last_day, due.rolled_days) == (date(2026, 7, 31), 0)
    assert due.at == instant_at(date(2026, 8, 1))


def test_a_last_day_that_is_not_worked_goes_to_the_next_worked_one() -> None:
    due = deadline(at(date(2026, 6, 15)), known("investment_act"))
    assert (due.last_day, due.rolled_days) == (date(2026, 7, 15), 0)
    due = deadline(at(date(2026, 6, 30)), known("investment_act"))
    assert (due.last_day, due.rolled_days) == (date(2026, 7, 31), 1)
    assert due.at == instant_at(date(2026, 8, 1))


def test_working_days_skip_holidays_and_week_ends() -> None:
    due = deadline(at(date(2026, 10, 29)), known("agency_answer"))
    assert due.last_day == date(2026, 11, 13)


def test_opening_hours_are_counted_across_the_week_end_and_the_clock_change() -> None:
    due = deadline(instant_at(date(2026, 9, 18), 15 * 60), known("agency_acknowledgement"))
    assert due.at == instant_at(date(2026, 9, 21), 11 * 60)


def test_minutes_run_by_night() -> None:
    start = at(date(2026, 6, 6), 23)
    assert deadline(start, known("platform_routing")).at == start + 300


def test_a_day_that_begins_in_a_pause_is_suspended() -> None:
    start = at(date(2026, 6, 1))
    pause = Pause(at(date(2026, 6, 10)), at(date(2026, 6, 13)), "missing_documents")
    due = deadline(start, known("investment_act"), [pause])
    assert (due.last_day, due.rolled_days) == (date(2026, 7, 6), 2)
    assert deadline(
        start, known("investment_act"), [Pause(pause.start, pause.start + 3600, "missing_documents")]
    ).at == (deadline(start, known("investment_act")).at)


def test_opening_hours_are_put_off_by_the_time_paused() -> None:
    start = at(date(2026, 6, 1), 9)
    pauses = [
        Pause(start + 3600, start + 2 * 3600, "firm_request"),
        Pause(at(date(2026, 6, 1), 13), at(date(2026, 6, 1), 14), ""),
    ]
    due = deadline(start, known("agency_acknowledgement"), pauses)
    assert due.at == at(date(2026, 6, 1), 15)
    late = Pause(due.at, due.at + 3600, "")
    assert deadline(start, known("agency_acknowledgement"), [*pauses, late]).at == due.at


def test_a_rule_of_counting_may_say_otherwise() -> None:
    plain = known("investment_act")
    rules = plain.counting.model_copy(update={"first_day_counts": True, "roll_over": "none", "pause_effect": "none"})
    due = deadline(
        at(date(2026, 6, 29)), plain.model_copy(update={"counting": rules}), [Pause(FIRST, FIRST + SPAN, "")]
    )
    assert (due.last_day, due.rolled_days) == (date(2026, 7, 28), 0)


def test_a_deadline_is_as_sure_as_what_weighed_in() -> None:
    assert deadline(at(date(2026, 6, 1)), known("general_act")).status is Status.PROPOSED
    eve = deadline(at(date(2026, 7, 27)), known("investment_act"))
    assert eve.last_day == date(2026, 8, 28)
    assert eve.rolled_days == 2
    assert eve.status is Status.ASSUMED
    assert deadline(at(date(2026, 6, 1)), known("platform_routing")).status is Status.PROPOSED
    assert deadline(at(date(2026, 6, 1)), known("agency_acknowledgement")).status is Status.ASSUMED


@given(st.sampled_from(CODES), st.integers(FIRST, FIRST + SPAN), st.integers(0, 10 * 86_400))
def test_a_later_start_never_ends_sooner(code: str, start: int, later: int) -> None:
    due = deadline(start, known(code))
    assert start < due.at <= deadline(start + later, known(code)).at


@given(st.sampled_from(CODES), st.integers(FIRST, FIRST + SPAN), st.integers(1, 90), st.integers(1, 30))
def test_a_longer_delay_never_ends_sooner(code: str, start: int, value: int, more: int) -> None:
    assert deadline(start, shorter(code, value)).at <= deadline(start, shorter(code, value + more)).at


@given(
    st.sampled_from(CODES),
    st.integers(FIRST, FIRST + SPAN // 2),
    st.lists(st.tuples(st.integers(0, 90 * 86_400), st.integers(0, 20 * 86_400)), max_size=4),
)
def test_a_pause_never_brings_the_end_nearer(code: str, start: int, spans: list[tuple[int, int]]) -> None:
    pauses = [Pause(start + gap, start + gap + length, "") for gap, length in spans]
    dues = [deadline(start, known(code), pauses[:count]).at for count in range(len(pauses) + 1)]
    assert dues == sorted(dues)


@given(st.integers(FIRST, FIRST + SPAN // 2), st.integers(0, 5 * 86_400), st.integers(1, 9 * 86_400))
def test_the_time_counted_is_the_delay_however_it_is_paused(start: int, gap: int, length: int) -> None:
    pause = Pause(start + gap, start + gap + length, "")
    at = deadline(start, known("agency_acknowledgement"), [pause]).at
    counted = CALENDAR.working_seconds(start, at)
    paused = CALENDAR.working_seconds(min(pause.start, at), min(pause.end, at))
    assert counted - paused == 4 * 3600


def test_pauses_are_merged_and_cut_at_the_start() -> None:
    pauses = [Pause(50, 60, "b"), Pause(0, 20, "a"), Pause(15, 30, "c"), Pause(30, 31, "d"), Pause(1, 2, "e")]
    assert merged(pauses, 10) == (Pause(10, 31, "a"), Pause(50, 60, "b"))
    with pytest.raises(DisorderedEvents):
        merged([Pause(2, 1, "a")], 0)


def test_only_pauses_of_the_whole_case_that_suspend_stop_its_delay() -> None:
    start = at(date(2026, 6, 1))
    life = segments(
        [
            Event(start, EventKind.OPENED, holder="platform"),
            Event(start + 10, EventKind.TASK_OPENED, agency="cnss"),
            Event(start + 20, EventKind.PAUSED, agency="cnss", ground="missing_documents"),
            Event(start + 30, EventKind.RESUMED, agency="cnss"),
            Event(start + 40, EventKind.PAUSED, ground="platform_outage"),
            Event(start + 50, EventKind.RESUMED),
            Event(start + 60, EventKind.PAUSED, ground="force_majeure"),
            Event(start + 70, EventKind.RESUMED),
        ],
        start + 100,
    )
    whole = Pause(start + 60, start + 70, "force_majeure")
    assert suspensions(life) == (whole,)
    assert suspensions(life, "cnss", 1) == (Pause(start + 20, start + 30, "missing_documents"), whole)
    assert suspensions(life, "cnss", 2) == (whole,)


def test_what_remains_goes_below_zero() -> None:
    due = deadline(at(date(2026, 6, 1), 9), known("agency_acknowledgement"))
    left = remaining(due, at(date(2026, 6, 1), 10))
    assert (left.seconds, left.working_seconds, left.is_past) == (3 * 3600, 3 * 3600, False)
    left = remaining(due, at(date(2026, 6, 2), 9))
    assert (left.seconds, left.working_seconds, left.is_past) == (-20 * 3600, -4 * 3600, True)
    assert remaining(due, due.at).is_past


def test_beyond_the_known_holidays_it_refuses() -> None:
    with pytest.raises(OutsideCalendar, match="2036-12-31"):
        deadline(at(date(2036, 12, 1)), known("general_act"))


def test_a_pause_holds_the_midnight_it_begins_at_and_not_the_one_it_ends_at() -> None:
    start, midnight = at(date(2026, 6, 1)), instant_at(date(2026, 6, 10))
    plain = shorter("agency_answer", 10)
    assert deadline(start, plain).last_day == date(2026, 6, 15)
    assert deadline(start, plain, [Pause(midnight, midnight + 1, "")]).last_day == date(2026, 6, 16)
    assert deadline(start, plain, [Pause(midnight - 1, midnight, "")]).last_day == date(2026, 6, 15)
