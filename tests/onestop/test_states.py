from __future__ import annotations

import itertools

import pytest

from minassa.onestop.errors import ImpossibleAct
from minassa.onestop.models import CaseState, TaskState
from minassa.onestop.states import (
    CASE_MOVES,
    FINAL_STATES,
    PENDING_TASKS,
    TASK_MOVES,
    CaseEvent,
    TaskEvent,
    case_after,
    case_events,
    task_after,
    task_events,
)


@pytest.mark.parametrize(("state", "event"), list(itertools.product(CaseState, CaseEvent)))
def test_a_case_moves_as_the_table_says_and_never_otherwise(state: CaseState, event: CaseEvent) -> None:
    said = [move.target for move in CASE_MOVES if (move.state, move.event) == (state, event)]
    if said:
        assert [case_after(state, event)] == said
    else:
        with pytest.raises(ImpossibleAct):
            case_after(state, event)


@pytest.mark.parametrize(("state", "event"), list(itertools.product(TaskState, TaskEvent)))
def test_a_task_moves_as_the_table_says_and_never_otherwise(state: TaskState, event: TaskEvent) -> None:
    said = [move.target for move in TASK_MOVES if (move.state, move.event) == (state, event)]
    if said:
        assert [task_after(state, event)] == said
    else:
        with pytest.raises(ImpossibleAct):
            task_after(state, event)


def test_every_state_is_reached_from_the_draft_and_every_one_has_an_exit_unless_final() -> None:
    reached, edge = {CaseState.DRAFT}, {CaseState.DRAFT}
    while edge:
        edge = {case_after(state, event) for state in edge for event in case_events(state)} - reached
        reached |= edge
    assert reached == set(CaseState)
    for state in CaseState:
        leaves = {case_after(state, event) for event in case_events(state)} - {state}
        assert bool(leaves) is (state not in FINAL_STATES)


def test_a_final_state_can_be_reached_from_every_state() -> None:
    ending = set(FINAL_STATES)
    while True:
        more = {state for state in CaseState if {case_after(state, e) for e in case_events(state)} & ending} - ending
        if not more:
            break
        ending |= more
    assert ending == set(CaseState)


def test_a_pending_task_can_always_be_cancelled_or_answered_in_the_end() -> None:
    for state in TaskState:
        assert bool(task_events(state)) is (state in PENDING_TASKS)


def test_a_guard_is_told_for_each_move_that_depends_on_more_than_the_state() -> None:
    guarded = {CaseEvent.SUBMIT, CaseEvent.JOIN, CaseEvent.ASK, CaseEvent.APPEAL, CaseEvent.SILENCE, CaseEvent.LAPSE}
    for move in CASE_MOVES:
        assert bool(move.guard) or move.event not in guarded
