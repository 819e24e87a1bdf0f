"""The accounts of the offer read as a whole agree with the ledger, whatever they are cut by."""

from __future__ import annotations

from datetime import timedelta

import pytest

from minassa.ledger.chart import AccountCode
from minassa.ledger.public import (
    DIMENSIONS,
    Grant,
    LedgerError,
    ageing,
    ask_back,
    balance,
    cancel,
    commit_or_wait,
    execution,
    grant,
)
from minassa.registry.public import Forbidden
from tests.ledger.test_recoveries import paid
from tests.ledger.world import MUCH, NOW, World


@pytest.fixture
def busy(world: World) -> World:
    """Rights of two firms at every stage."""
    (reference,) = paid(world, 1_000)
    ask_back(world.claims, Grant(reference, world.firm.pk, "pae", 2026, 300), "motif", "r", NOW)
    ask_back(world.claims, Grant("NEG", world.other.pk, "air", 2026, 50), "motif", "r2", NOW)
    world.entitled("C", 700, firm=world.other)
    cancel(world.claims, "C", 100, "motif", "c", NOW)
    world.proposed("b", world.line("C", 200))
    for name, amount in (("W", 40), ("V", MUCH)):
        grant(world.claims, Grant(name, world.firm.pk, "pae", 2027, amount), f"g:{name}", NOW)
        commit_or_wait(world.claims, name, NOW)
    return world


def test_the_accounts_by_measure_and_year_show_credits_and_money(busy: World) -> None:
    rows = {
        (one.key["measure"], one.key["budget_year"]): one for one in execution(busy.checker, ["measure", "budget_year"])
    }
    first = rows["pae", 2026]
    assert (first.opened, first.recognised, first.cancelled) == (MUCH, 1_700, 100)
    assert (first.committed, first.ordered, first.paid) == (1_600, 1_200, 1_000)
    assert (first.recovered, first.given_back) == (300, 0)
    later = rows["pae", 2027]
    assert (later.opened, later.waiting, later.committed) == (0, 40 + MUCH, 0)
    assert rows["air", 2026].recovered == 50


@pytest.mark.parametrize("by", [[one] for one in DIMENSIONS] + [list(DIMENSIONS)])
def test_however_it_is_cut_the_whole_is_the_same(busy: World, by: list[str]) -> None:
    rows = execution(busy.checker, by)
    assert sum(one.committed for one in rows) == balance(AccountCode.CREDITS_COMMITTED)
    assert sum(one.recovered - one.given_back for one in rows) == balance(AccountCode.RECEIVABLE)
    assert all(set(one.key) == set(by) for one in rows)
    assert {one.opened is None for one in rows} == {bool({"filiere", "place"} & set(by))}


def test_what_is_due_is_told_by_its_age(busy: World) -> None:
    owed = 600 + 40 + MUCH
    for days, name in ((0, "0-30"), (30, "0-30"), (31, "31-60"), (90, "61-90"), (100, "91-180"), (400, "181+")):
        rows = ageing(busy.checker, NOW + timedelta(days=days))
        assert {one.age_class: one.due for one in rows if one.due} == {name: owed}
        assert sum(one.count for one in rows) == 3


def test_accounts_are_for_those_who_may_read_them(busy: World) -> None:
    for actor in (busy.signer, busy.stranger):
        with pytest.raises(Forbidden):
            execution(actor, ["measure"])
        with pytest.raises(Forbidden):
            ageing(actor, NOW)
    for by in ([], ["enterprise"], ["measure", "name"]):
        with pytest.raises(LedgerError):
            execution(busy.checker, by)
