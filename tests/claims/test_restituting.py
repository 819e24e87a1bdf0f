"""What later declarations no longer justify is proposed, heard, decided, asked back; never twice for the same facts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from minassa.claims.models import Claim, Restitution, RestitutionLine
from minassa.claims.public import (
    ClaimError,
    ImpossibleAct,
    NotHeard,
    clear,
    decide_restitution,
    find_restitutions,
    held_lines,
    lines_of,
    reply_restitution,
    restitutions_for,
)
from minassa.claims.restituting import _line
from minassa.ledger.models import Recovery
from minassa.registry.public import Forbidden
from tests.claims.money import Money, accepted, agrees, answered, contested, make_money
from tests.claims.world import DAY, NOW, Declared, World, a_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(world: World) -> Money:
    return make_money(world)


@pytest.fixture
def paid(world: World, nation: Declared, money: Money) -> Claim:
    """A claim paid on statements that were higher than those before."""
    money.opened()
    claim = accepted(world, replace(nation, late=nation.corrected, tables=nation.corrected_tables))
    clear(world.officer, claim, [line.pk for line in held_lines(claim)], "Paie vérifiée", NOW)
    money.paid()
    agrees(claim)
    return claim


def proposed(nation: Declared) -> Restitution:
    (made,) = find_restitutions(nation.late, nation.tables, NOW)
    return made


def test_what_is_no_longer_justified_is_proposed_line_by_line(world: World, nation: Declared, paid: Claim) -> None:
    assert find_restitutions(nation.corrected, nation.corrected_tables, NOW) == []
    made = proposed(nation)
    lines = list(lines_of(made))
    assert made.claim == paid
    assert made.cents == sum(one.cents for one in lines) > 0
    for one in lines:
        assert one.cause == "corrected"
        assert one.cents == one.claimed_cents - one.now_cents == one.line.amount_cents - one.now_cents
    assert find_restitutions(nation.late, nation.tables, NOW) == []
    assert agrees(paid).recovered == 0
    assert restitutions_for(world.signer).get() == made
    assert not restitutions_for(world.stranger).exists()


def test_the_firm_is_heard_before_anything_is_asked_back(world: World, nation: Declared, paid: Claim) -> None:
    made = proposed(nation)
    with pytest.raises(NotHeard):
        decide_restitution(world.committee, made, "motif", NOW, upheld=True)
    for actor in (world.preparer, world.stranger, world.secretary, world.committee):
        with pytest.raises(Forbidden):
            reply_restitution(actor, made, "texte", NOW)
    for text in (" ", "x" * 2_001):
        with pytest.raises(ClaimError):
            reply_restitution(world.signer, made, text, NOW)
    reply_restitution(world.signer, made, "la paie était juste", NOW)
    with pytest.raises(ImpossibleAct):
        reply_restitution(world.signer, made, "encore", NOW)
    for actor in (world.signer, world.member, world.officer):
        with pytest.raises(Forbidden):
            decide_restitution(actor, made, "motif", NOW, upheld=True)
    with pytest.raises(ClaimError):
        decide_restitution(world.committee, made, " ", NOW, upheld=True)
    done = decide_restitution(world.committee, made, "pièces lues", NOW, upheld=True)
    assert done.recovery is not None
    assert (done.recovery.amount, agrees(paid).recovered) == (made.cents, made.cents)
    with pytest.raises(ImpossibleAct):
        decide_restitution(world.committee, made, "encore", NOW, upheld=True)


def test_a_firm_that_lets_its_delay_pass_is_heard_too(world: World, nation: Declared, paid: Claim) -> None:
    made = proposed(nation)
    decide_restitution(world.committee, made, "délai passé", made.reply_by, upheld=True)
    assert agrees(paid).recovered == made.cents


def test_the_same_facts_are_not_proposed_again(world: World, nation: Declared, paid: Claim) -> None:
    made = proposed(nation)
    decide_restitution(world.committee, made, "motif", made.reply_by, upheld=False)
    assert find_restitutions(nation.late, nation.tables, made.reply_by) == []
    assert not Recovery.objects.exists()
    assert agrees(paid).recovered == 0


def test_a_line_found_not_due_by_a_contest_is_not_asked_back_twice(world: World, nation: Declared, paid: Claim) -> None:
    made = proposed(nation)
    line = lines_of(made)[0].line
    rank = next(rank for rank in range(paid.line_count) if a_line(paid, rank) == line)
    decide_restitution(world.committee, made, "motif", made.reply_by, upheld=True)
    claim = Claim.objects.get(pk=paid.pk)
    answered(world, contested(claim, rank, made.reply_by), upheld=True, at=made.reply_by + DAY)
    back = sum(one.cents for one in RestitutionLine.objects.all())
    assert agrees(claim).recovered == back + line.amount_cents - lines_of(made)[0].cents


def test_a_contested_line_is_left_out(nation: Declared, paid: Claim) -> None:
    for rank in range(2):
        contested(Claim.objects.get(pk=paid.pk), rank)
    kept = {a_line(paid, rank).pk for rank in range(2)}
    made = proposed(nation)
    assert not kept & {one.line_id for one in lines_of(made)}


def test_what_was_proposed_is_never_changed(nation: Declared, paid: Claim) -> None:
    made = proposed(nation)
    for change in ({"cents": 1}, {"run": "x"}, {"reply_by": NOW}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Restitution.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        RestitutionLine.objects.update(cents=1)
    assert paid.paid_cents


def row(claimed: int, now: int, kept: int | None) -> dict[str, Any]:
    return {"id": 1, "amount_cents": claimed, "now_cents": now, "months_kept": kept}


@given(st.integers(1, 10**10), st.integers(0, 30))
def test_a_stay_cut_short_gives_back_the_months_that_miss(claimed: int, kept: int) -> None:
    made = _line(row(claimed, 0, kept), [], NOW.date(), stay=True)
    if made is None:
        assert claimed * (18 - kept) * 2 <= 18
        return
    if kept >= 18:
        assert (made.cause, made.cents, made.months_kept) == ("corrected", claimed, None)
    else:
        assert (made.cause, made.months_kept, made.months_required) == ("left", kept, 18)
        assert abs(made.cents * 18 - claimed * (18 - kept)) * 2 <= 18


def test_what_was_given_back_already_is_taken_off() -> None:
    first = _line(row(1_800, 0, 12), [], NOW.date(), stay=True)
    assert first is not None
    assert first.cents == 600
    first.restitution = Restitution(state="decided")
    assert _line(row(1_800, 0, 12), [first], NOW.date(), stay=True) is None
    more = _line(row(1_800, 0, 9), [first], NOW.date(), stay=True)
    assert more is not None
    assert more.cents == 300
    first.restitution.state = "dropped"
    assert _line(row(1_800, 0, 12), [first], NOW.date(), stay=True) is None
    gone = _line(row(1_800, 500, None), [], NOW.date(), stay=False)
    assert gone is not None
    assert (gone.cause, gone.cents) == ("corrected", 1_300)
