from __future__ import annotations

import itertools

import pytest

from minassa.claims.errors import ImpossibleAct
from minassa.claims.models import ClaimState
from minassa.claims.states import (
    CLAIM_MOVES,
    DECIDED,
    FINAL_STATES,
    ClaimEvent,
    claim_after,
    claim_events,
)


@pytest.mark.parametrize(("state", "event"), list(itertools.product(ClaimState, ClaimEvent)))
def test_a_claim_moves_as_the_table_says_and_never_otherwise(state: ClaimState, event: ClaimEvent) -> None:
    said = [move.target for move in CLAIM_MOVES if (move.state, move.event) == (state, event)]
    if said:
        assert [claim_after(state, event)] == said
    else:
        with pytest.raises(ImpossibleAct):
            claim_after(state, event)


def test_every_state_is_reached_and_every_one_has_an_exit_unless_final() -> None:
    reached, edge = {ClaimState.OPEN}, {ClaimState.OPEN}
    while edge:
        edge = {claim_after(state, event) for state in edge for event in claim_events(state)} - reached
        reached |= edge
    assert reached == set(ClaimState)
    for state in ClaimState:
        leaves = {claim_after(state, event) for event in claim_events(state)} - {state}
        assert bool(leaves) is (state not in FINAL_STATES)


def test_an_end_can_be_reached_from_every_state() -> None:
    ending = {*FINAL_STATES, ClaimState.PAID}
    while True:
        more = {s for s in ClaimState if {claim_after(s, e) for e in claim_events(s)} & ending} - ending
        if not more:
            break
        ending |= more
    assert ending == set(ClaimState)


def test_nothing_is_cut_or_refused_but_from_where_a_hearing_comes_back() -> None:
    for move in CLAIM_MOVES:
        if move.event in {ClaimEvent.CUT, ClaimEvent.REFUSE}:
            assert move.state == ClaimState.TO_DECIDE
            assert "heard" in move.guard
        if move.target in DECIDED - {ClaimState.PAID}:
            assert move.state in {ClaimState.TO_DECIDE, move.target} or move.state == ClaimState.PAID


def test_only_the_bank_leads_out_of_what_was_paid() -> None:
    assert claim_events(ClaimState.PAID) == {ClaimEvent.RETURN, ClaimEvent.RETURN_CUT}
