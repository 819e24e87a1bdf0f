from __future__ import annotations

import itertools

import pytest

from minassa.conventions.errors import ImpossibleAct
from minassa.conventions.models import AmendmentKind, ConventionState
from minassa.conventions.states import (
    BINDING,
    CONVENTION_MOVES,
    FINAL_STATES,
    ConventionEvent,
    convention_after,
    convention_events,
    event_of,
)


@pytest.mark.parametrize(("state", "event"), list(itertools.product(ConventionState, ConventionEvent)))
def test_a_convention_moves_as_the_table_says_and_never_otherwise(
    state: ConventionState, event: ConventionEvent
) -> None:
    said = [move.target for move in CONVENTION_MOVES if (move.state, move.event) == (state, event)]
    if said:
        assert [convention_after(state, event)] == said
    else:
        with pytest.raises(ImpossibleAct):
            convention_after(state, event)


def test_every_state_is_reached_and_every_one_has_an_exit_unless_final() -> None:
    reached, edge = {ConventionState.DRAFT}, {ConventionState.DRAFT}
    while edge:
        edge = {convention_after(state, event) for state in edge for event in convention_events(state)} - reached
        reached |= edge
    assert reached == set(ConventionState)
    for state in ConventionState:
        leaves = {convention_after(state, event) for event in convention_events(state)} - {state}
        assert bool(leaves) is (state not in FINAL_STATES)


@pytest.mark.parametrize("kind", AmendmentKind)
def test_an_amendment_of_each_kind_bears_on_a_binding_convention_and_on_no_other(kind: AmendmentKind) -> None:
    where = {state for state in ConventionState if event_of(kind) in convention_events(state)}
    assert where
    assert where <= BINDING


def test_nothing_but_the_state_s_signature_brings_a_convention_into_force() -> None:
    entering = [move for move in CONVENTION_MOVES if move.target is ConventionState.IN_FORCE]
    assert {move.event for move in entering} == {ConventionEvent.ENTER, ConventionEvent.AMEND, ConventionEvent.RESUME}
    assert [move.state for move in entering if move.event is ConventionEvent.ENTER] == [ConventionState.PROPOSED]
