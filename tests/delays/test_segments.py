from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from minassa.delays import (
    DisorderedEvents,
    Event,
    EventKind,
    ImpossibleEvent,
    MissingGround,
    UnknownGround,
    awaited,
    lanes,
    segments,
    state_at,
    totals,
    working_calendar,
)
from tests.delays.histories import AGENCIES, FIRST, histories

OPENED = Event(FIRST, EventKind.OPENED, holder="platform")


def told(*events: tuple[int, EventKind, dict[str, str]]) -> list[Event]:
    return [OPENED, *(Event(FIRST + at, kind, **fields) for at, kind, fields in events)]


@given(histories())
def test_segments_cover_the_life_without_gap_or_overlap(history: tuple[list[Event], int]) -> None:
    events, until = history
    life = segments(events, until)
    closed = [event.at for event in events if event.kind is EventKind.CLOSED and event.at <= until]
    end = closed[0] if closed else until
    assert sum(segment.seconds for segment in life) == end - events[0].at
    assert all(segment.seconds > 0 and segment.holders for segment in life)
    assert all(before.end == after.start for before, after in pairwise(life))
    if life:
        assert (life[0].start, life[-1].end) == (events[0].at, end)


@given(histories())
def test_sums_equal_the_time_of_the_life(history: tuple[list[Event], int]) -> None:
    events, until = history
    life = segments(events, until)
    summed = totals(life)
    start, end = (life[0].start, life[-1].end) if life else (0, 0)
    assert summed.life.elapsed == end - start
    assert not life or summed.life.working == working_calendar().working_seconds(start, end)
    for parts in (summed.by_main, summed.by_holder):
        assert sum(one.elapsed for one in parts.values()) == summed.life.elapsed
        assert sum(one.working for one in parts.values()) == summed.life.working
    assert all(one.elapsed >= 0 and one.working >= 0 for one in summed.by_holder.values())
    assert sum(one.elapsed for one in summed.by_ground.values()) == sum(s.seconds for s in life if s.ground)


@given(histories())
def test_shares_are_within_a_second_a_group_of_the_exact_ones(history: tuple[list[Event], int]) -> None:
    life = segments(*history)
    shared = totals(life).by_holder
    for holder, share in shared.items():
        groups = {segment.holders for segment in life if holder in segment.holders}
        exact = sum(segment.seconds / len(segment.holders) for segment in life if holder in segment.holders)
        assert abs(share.elapsed - exact) <= len(groups)


@given(histories())
def test_each_lane_is_measured_on_its_own(history: tuple[list[Event], int]) -> None:
    events, until = history
    life = segments(events, until)
    for lane in lanes(life):
        assert lane.agency in AGENCIES
        assert lane.life.elapsed == lane.last - lane.opened
        assert sum(one.elapsed for one in lane.by_ground.values()) + lane.running.elapsed == lane.life.elapsed
        assert sum(one.working for one in lane.by_ground.values()) + lane.running.working == lane.life.working
    ends = {(lane.agency, lane.spell): lane.last for lane in lanes(life)}
    state = state_at(events, until)
    assert state is not None
    if not state.closed and life:
        still = {(code, task.spell) for code, task in state.tasks.items()} & set(ends)
        assert all(ends[task] == until for task in still)


@given(histories())
def test_looking_earlier_tells_the_same_of_what_was(history: tuple[list[Event], int]) -> None:
    events, until = history
    middle = (events[0].at + until) // 2
    whole, begun = segments(events, until), segments(events, middle)
    kept = [segment for segment in whole if segment.end <= middle]
    assert list(begun[: len(kept)]) == kept
    assert len(begun) - len(kept) in {0, 1}


def test_five_administrations_in_parallel_share_their_time() -> None:
    opening = [(0, EventKind.TASK_OPENED, {"agency": code}) for code in AGENCIES]
    life = segments(told(*opening, (7, EventKind.TASK_CLOSED, {"agency": "cnss"})), FIRST + 10)
    summed = totals(life)
    assert {name: time.elapsed for name, time in summed.by_main.items()} == {"agencies": 10}
    assert {name: time.elapsed for name, time in summed.by_holder.items()} == {
        "agency:cnss": 1,
        "agency:commune": 1,
        "agency:dgi": 3,
        "agency:egov": 2,
        "agency:immigration": 3,
    }
    first = lanes(life)[0]
    assert (first.agency, first.running.elapsed) == ("cnss", 7)


def test_a_paused_task_awaits_the_firm_while_the_others_run() -> None:
    life = segments(
        told(
            (0, EventKind.TASK_OPENED, {"agency": "cnss"}),
            (0, EventKind.TASK_OPENED, {"agency": "dgi"}),
            (10, EventKind.PAUSED, {"agency": "cnss", "ground": "missing_documents"}),
            (20, EventKind.TASK_CLOSED, {"agency": "dgi"}),
            (30, EventKind.RESUMED, {"agency": "cnss"}),
            (40, EventKind.TASK_CLOSED, {"agency": "cnss"}),
            (45, EventKind.HANDED, {"holder": "committee"}),
            (60, EventKind.PAUSED, {"ground": "force_majeure"}),
        ),
        FIRST + 70,
    )
    assert [(s.start - FIRST, s.holders, s.main) for s in life] == [
        (0, ("agency:cnss", "agency:dgi"), "agencies"),
        (10, ("agency:dgi", "firm"), "agencies"),
        (20, ("firm",), "firm"),
        (30, ("agency:cnss",), "agencies"),
        (40, ("platform",), "platform"),
        (45, ("committee",), "committee"),
        (60, ("force_majeure",), "force_majeure"),
    ]


def test_a_task_sent_back_has_a_second_lane() -> None:
    events = told(
        (0, EventKind.TASK_OPENED, {"agency": "dgi"}),
        (10, EventKind.TASK_CLOSED, {"agency": "dgi"}),
        (10, EventKind.TASK_OPENED, {"agency": "dgi"}),
    )
    assert [(lane.spell, lane.life.elapsed) for lane in lanes(segments(events, FIRST + 15))] == [(1, 10), (2, 5)]


def test_the_firm_goes_before_force_majeure_on_the_main_line() -> None:
    pauses = [("cnss", "force_majeure"), ("dgi", "missing_documents")]
    events = told(
        *((0, EventKind.TASK_OPENED, {"agency": code}) for code, _ in pauses),
        *((0, EventKind.PAUSED, {"agency": code, "ground": ground}) for code, ground in pauses),
    )
    (only,) = segments(events, FIRST + 5)
    assert (only.holders, only.main) == (("firm", "force_majeure"), "firm")
    state = state_at(events, FIRST)
    assert state is not None
    assert awaited(state) == only.holders


P, R, H = EventKind.PAUSED, EventKind.RESUMED, EventKind.HANDED
BEGUN, DONE = EventKind.TASK_OPENED, EventKind.TASK_CLOSED


@pytest.mark.parametrize(
    "faulty",
    [
        [(0, EventKind.OPENED, {"holder": "firm"})],
        [(0, H, {"holder": "cnss"})],
        [(0, BEGUN, {"agency": ""})],
        [(0, BEGUN, {"agency": "agency:cnss"})],
        [(0, BEGUN, {"agency": "cnss"}), (1, BEGUN, {"agency": "cnss"})],
        [(0, DONE, {"agency": "cnss"})],
        [(0, R, {})],
        [(0, R, {"agency": "cnss"})],
        [(0, BEGUN, {"agency": "cnss"}), (1, R, {"agency": "cnss"})],
        [(0, P, {"agency": "cnss", "ground": "force_majeure"})],
        [(0, P, {"ground": "force_majeure"}), (1, P, {"ground": "force_majeure"})],
        [
            (0, BEGUN, {"agency": "cnss"}),
            (1, P, {"agency": "cnss", "ground": "force_majeure"}),
            (2, P, {"agency": "cnss", "ground": "force_majeure"}),
        ],
        [(0, EventKind.CLOSED, {}), (1, H, {"holder": "firm"})],
    ],
)
def test_what_cannot_happen_is_refused(faulty: list[tuple[int, EventKind, dict[str, str]]]) -> None:
    with pytest.raises(ImpossibleEvent):
        segments(told(*faulty), FIRST + 10)


def test_a_case_begins_by_its_opening() -> None:
    with pytest.raises(ImpossibleEvent):
        segments([Event(FIRST, EventKind.HANDED, holder="firm")], FIRST + 1)
    with pytest.raises(DisorderedEvents):
        segments([OPENED], FIRST - 1)
    assert state_at([OPENED], FIRST - 1) is None


def test_events_come_in_order() -> None:
    with pytest.raises(DisorderedEvents, match="n° 3"):
        segments(told((5, H, {"holder": "firm"}), (4, H, {"holder": "firm"})), FIRST + 9)


def test_a_pause_needs_its_legal_ground() -> None:
    with pytest.raises(MissingGround):
        segments(told((0, P, {})), FIRST + 1)
    with pytest.raises(UnknownGround, match="holiday"):
        segments(told((0, P, {"ground": "holiday"})), FIRST + 1)
    before = FIRST - 365 * 86_400
    with pytest.raises(UnknownGround, match="ne vaut pas"):
        segments([Event(before, EventKind.OPENED, holder="firm"), Event(before, P, ground="force_majeure")], before + 1)


def test_the_pause_of_the_whole_case_goes_before_that_of_a_task() -> None:
    events = told(
        (0, BEGUN, {"agency": "cnss"}),
        (0, P, {"agency": "cnss", "ground": "missing_documents"}),
        (0, P, {"ground": "force_majeure"}),
    )
    (lane,) = lanes(segments(events, FIRST + 5))
    assert {code: time.elapsed for code, time in lane.by_ground.items()} == {"force_majeure": 5}
    assert lane.running.elapsed == 0
