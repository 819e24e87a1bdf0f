from __future__ import annotations

import itertools

import pytest

from minassa.governance.counting import Count, adopted
from minassa.governance.errors import ImpossibleAct
from minassa.governance.models import ItemState, SessionState
from minassa.governance.rules import Majority, Tie
from minassa.governance.states import (
    DECIDED,
    ENDED,
    FINAL_STATES,
    ITEM_MOVES,
    SESSION_MOVES,
    ItemEvent,
    SessionEvent,
    item_after,
    item_events,
    session_after,
    session_events,
)


@pytest.mark.parametrize(("state", "event"), list(itertools.product(SessionState, SessionEvent)))
def test_a_session_moves_as_the_table_says_and_never_otherwise(state: SessionState, event: SessionEvent) -> None:
    said = [move.target for move in SESSION_MOVES if (move.state, move.event) == (state, event)]
    if said:
        assert [session_after(state, event)] == said
    else:
        with pytest.raises(ImpossibleAct):
            session_after(state, event)


@pytest.mark.parametrize(("state", "event"), list(itertools.product(ItemState, ItemEvent)))
def test_an_item_moves_as_the_table_says_and_never_otherwise(state: ItemState, event: ItemEvent) -> None:
    said = [move.target for move in ITEM_MOVES if (move.state, move.event) == (state, event)]
    if said:
        assert [item_after(state, event)] == said
    else:
        with pytest.raises(ImpossibleAct):
            item_after(state, event)


def test_every_state_of_a_session_is_reached_and_left_unless_final() -> None:
    reached, edge = {SessionState.DRAFT}, {SessionState.DRAFT}
    while edge:
        edge = {session_after(state, event) for state in edge for event in session_events(state)} - reached
        reached |= edge
    assert reached == set(SessionState)
    for state in SessionState:
        leaves = {session_after(state, event) for event in session_events(state)} - {state}
        assert bool(leaves) is (state not in FINAL_STATES)


def test_every_state_of_an_item_is_reached_and_none_is_left_once_ended() -> None:
    reached, edge = {ItemState.LISTED}, {ItemState.LISTED}
    while edge:
        edge = {item_after(state, event) for state in edge for event in item_events(state)} - reached
        reached |= edge
    assert reached == set(ItemState)
    for state in ENDED:
        assert {item_after(state, event) for event in item_events(state)} <= {state}


def test_nothing_is_decided_but_from_a_vote_with_quorum_on_what_was_frozen_without_the_recused() -> None:
    for move in ITEM_MOVES:
        if move.target in DECIDED and move.state != move.target:
            assert move.state == ItemState.VOTING
            for guard in ("as frozen", "quorum", "nobody recused has voted"):
                assert guard in move.guard
    assert {move.event for move in SESSION_MOVES if move.target == SessionState.OPEN} == {
        SessionEvent.OPEN,
        SessionEvent.ATTEND,
        SessionEvent.PREPARE,
        SessionEvent.ACT,
    }


VOTES = [one for one in itertools.product(range(8), repeat=3) if sum(one) <= 7]


@pytest.mark.parametrize("tie", Tie)
@pytest.mark.parametrize("majority", Majority)
def test_majority_tie_and_consensus_over_every_vote_of_seven_seats(majority: Majority, tie: Tie) -> None:
    for in_favour, against, abstained in VOTES:
        for chair in ("", "for", "against", "abstain"):
            found = adopted(Count(in_favour, against, abstained, chair), majority, tie)
            if majority is Majority.CONSENSUS:
                assert found is (in_favour >= 1 and against == 0)
            elif in_favour != against:
                assert found is (in_favour > against)
            else:
                assert found is (tie is Tie.CHAIR and chair == "for")
