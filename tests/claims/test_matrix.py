"""Every door, in every state, by everyone: what goes through is what the table and the policy say, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import transaction

from minassa.claims.drawing import commit_draw, draw_controls
from minassa.claims.models import Claim, ClaimState, Contest
from minassa.claims.public import (
    ClaimError,
    accept,
    answer,
    check,
    conclude,
    contest,
    cut,
    open_claims,
    pass_on,
    propose,
    record_payment,
    refuse,
    reply,
    resume,
    sign,
    suspend,
    workbook,
)
from minassa.claims.timing import fire_next
from minassa.registry.public import Actor, Forbidden, body_actor, system_actor
from tests.claims.world import DAY, NOW, Declared, World, a_line, heard, opened, signed, to_decide

pytestmark = pytest.mark.django_db
S = ClaimState
LATER = NOW + DAY


def in_state(world: World, nation: Declared, state: ClaimState) -> Claim:
    """A claim brought to a state by the doors."""
    return MADE[state](world, nation)


def superseded(world: World, nation: Declared) -> Claim:
    claim = opened(world, nation)
    open_claims(nation.corrected, nation.corrected_tables, NOW, ("paf",))
    claim.refresh_from_db()
    return claim


def expired(world: World, nation: Declared) -> Claim:
    claim = opened(world, nation)
    while fire_next(claim.sign_by):
        pass
    claim.refresh_from_db()
    return claim


def contested(world: World, nation: Declared) -> Claim:
    claim = opened(world, nation)
    check(world.preparer, claim, NOW)
    contest(world.preparer, claim, a_line(claim).pk, "motif", NOW)
    return claim


def in_control(world: World, nation: Declared) -> Claim:
    claim = signed(world, nation)
    draw = commit_draw(world.secretary, "essai", RATES, "tirage public", LATER, NOW)
    draw_controls(world.secretary, draw, "une graine publique", LATER)
    claim.refresh_from_db()
    return claim


def paid(world: World, nation: Declared) -> Claim:
    claim = accept(world.committee, to_decide(world, nation), NOW)
    return record_payment(system_actor("ledger"), claim, claim.total_cents, NOW)


def cut_one(world: World, nation: Declared) -> Claim:
    claim = heard(world, nation)
    return cut(world.committee, claim, [a_line(claim).pk], "motif", NOW)


RATES = {"high": 10_000, "medium": 10_000, "low": 10_000}
MADE: dict[ClaimState, Callable[[World, Declared], Claim]] = {
    S.OPEN: lambda world, nation: check(world.preparer, opened(world, nation), NOW),
    S.CONTESTED: contested,
    S.SUPERSEDED: superseded,
    S.EXPIRED: expired,
    S.SIGNED: signed,
    S.IN_CONTROL: in_control,
    S.TO_DECIDE: heard,
    S.HEARING: lambda world, nation: propose(world.secretary, to_decide(world, nation), "motif", NOW),
    S.ACCEPTED: lambda world, nation: accept(world.committee, to_decide(world, nation), NOW),
    S.CUT: cut_one,
    S.REFUSED: lambda world, nation: refuse(world.committee, heard(world, nation), "motif", NOW),
    S.SUSPENDED: lambda world, nation: suspend(world.committee, to_decide(world, nation), "motif", NOW),
    S.PAID: paid,
}


def at_of(claim: Claim) -> datetime:
    return max(LATER, claim.touched_at)


def answered(actor: Actor, claim: Claim) -> object:
    waiting = Contest.objects.filter(claim=claim, by_worker=False, answered_at__isnull=True).first()
    if waiting is None:
        raise ClaimError("aucune contestation")
    return answer(actor, waiting, "réponse", at_of(claim), upheld=False)


DOORS: dict[str, Callable[[Actor, Claim], object]] = {
    "check": lambda actor, claim: check(actor, claim, at_of(claim)),
    "contest": lambda actor, claim: contest(actor, claim, a_line(claim, 1).pk, "motif", at_of(claim)),
    "answer": answered,
    "sign": lambda actor, claim: sign(actor, claim, at_of(claim)),
    "pass": lambda actor, claim: pass_on(actor, claim, at_of(claim)),
    "conclude": lambda actor, claim: conclude(actor, claim, "constat", at_of(claim)),
    "propose": lambda actor, claim: propose(actor, claim, "motif", at_of(claim)),
    "reply": lambda actor, claim: reply(actor, claim, "réponse", at_of(claim)),
    "accept": lambda actor, claim: accept(actor, claim, at_of(claim)),
    "cut": lambda actor, claim: cut(actor, claim, [a_line(claim).pk], "motif", at_of(claim)),
    "refuse": lambda actor, claim: refuse(actor, claim, "motif", at_of(claim)),
    "suspend": lambda actor, claim: suspend(actor, claim, "motif", at_of(claim)),
    "resume": lambda actor, claim: resume(actor, claim, "motif", at_of(claim)),
    "pay": lambda actor, claim: record_payment(actor, claim, 1, at_of(claim)),
    "read": lambda actor, claim: workbook(actor, claim, at_of(claim)),
}
FIRM = {"preparer", "signer"}
SEERS = FIRM | {"officer", "secretary", "member"}
NEVER_SIGNED = {S.OPEN, S.CONTESTED, S.SUPERSEDED, S.EXPIRED}
OPEN: dict[str, dict[ClaimState, set[str]]] = {
    "check": {S.OPEN: FIRM},
    "contest": {S.OPEN: FIRM, S.CONTESTED: FIRM},
    "answer": {S.CONTESTED: {"secretary"}},
    "sign": {S.OPEN: {"signer"}},
    "pass": {S.SIGNED: {"secretary"}},
    "conclude": {S.IN_CONTROL: {"officer"}},
    "propose": {S.TO_DECIDE: {"secretary"}},
    "reply": {S.HEARING: {"signer"}},
    "accept": {S.TO_DECIDE: {"committee"}},
    "cut": {S.TO_DECIDE: {"committee"}},
    "refuse": {S.TO_DECIDE: {"committee"}},
    "suspend": {S.TO_DECIDE: {"committee"}},
    "resume": {S.SUSPENDED: {"committee"}},
    "pay": {S.ACCEPTED: {"ledger"}, S.CUT: {"ledger"}},
    "read": {state: FIRM if state in NEVER_SIGNED else SEERS for state in S},
}


def actors(world: World) -> dict[str, Actor]:
    return {
        "preparer": world.preparer,
        "signer": world.signer,
        "stranger": world.stranger,
        "officer": world.officer,
        "outsider": world.outsider,
        "secretary": world.secretary,
        "member": world.member,
        "committee": world.committee,
        "cnss-api": body_actor("cnss"),
        "cto-api": body_actor("cto"),
        "ledger": system_actor("ledger"),
        "visitor": Actor(),
    }


@pytest.mark.parametrize("state", ClaimState)
def test_a_door_opens_to_those_and_only_those_whom_the_table_names(
    world: World, nation: Declared, state: ClaimState
) -> None:
    claim = in_state(world, nation, state)
    assert claim.state == state
    before = claim.version
    for door, act in DOORS.items():
        expected = OPEN[door].get(state, set())
        for name, actor in actors(world).items():
            mark = transaction.savepoint()
            try:
                act(actor, Claim.objects.get(pk=claim.pk))
                through = True
            except (Forbidden, ClaimError):
                through = False
            transaction.savepoint_rollback(mark)
            assert through is (name in expected), (door, state, name)
    claim.refresh_from_db()
    assert (claim.state, claim.version) == (state, before)
