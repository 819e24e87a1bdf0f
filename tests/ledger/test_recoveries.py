from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.ledger import parameters as figures
from minassa.ledger.chart import AccountCode
from minassa.ledger.models import PaymentOrder, Recovery
from minassa.ledger.parameters import Parameter
from minassa.ledger.public import (
    LedgerError,
    Stay,
    UnknownSubject,
    WrongAmount,
    amount_to_recover,
    balance,
    check_ledger,
    plan_instalments,
    plan_of,
    recover,
    refuse_batch,
    statement,
    validate_batch,
)
from minassa.simulators.bank_messages import STATEMENT, Movement, Ordered, account_message
from tests.ledger.test_bank import LATER, movement, sent, told
from tests.ledger.world import NOW, World

TWO_THIRDS = Stay(12, 18)


def paid(world: World, *amounts: int) -> list[str]:
    """References of entitlements paid by the bank."""
    batch = sent(world, *amounts)
    orders = list(batch.orders.order_by("pk"))
    told(world, *(movement(order, f"B-{order.number}") for order in orders), number=f"S-{batch.number}")
    return [order.entitlement.reference for order in orders]


def owed(world: World, amount: int = 1_800) -> Recovery:
    reference = paid(world, amount)[0]
    made = recover(world.claims, reference, TWO_THIRDS, "Emplois non gardés", f"r:{reference}", LATER)
    assert made is not None
    return made


@given(st.integers(0, 10**12), st.integers(1, 60), st.integers(0, 80))
def test_what_is_to_be_given_back_lies_between_nothing_and_all(amount: int, required: int, kept: int) -> None:
    due, source = amount_to_recover(amount, Stay(kept, required), NOW.date())
    assert 0 <= due <= amount
    assert source.status == "assumed"
    if kept >= required:
        assert due == 0
    else:
        assert abs(due * required - amount * (required - kept)) * 2 <= required


@pytest.mark.parametrize("stay", [Stay(-1, 18), Stay(3, 0), Stay(0, -2)])
def test_months_that_cannot_be_are_refused(stay: Stay) -> None:
    with pytest.raises(LedgerError):
        amount_to_recover(100, stay, NOW.date())


def ruled(monkeypatch: pytest.MonkeyPatch, code: str, value: int | str) -> None:
    """The rule of a parameter for one test."""
    known = dict(figures.parameters())
    values = [known[code].values[0].model_copy(update={"value": value})]
    known[code] = Parameter(description="EXEMPLE", unit=known[code].unit, values=values)
    monkeypatch.setattr(figures, "parameters", lambda: known)


def test_the_formula_is_data(monkeypatch: pytest.MonkeyPatch) -> None:
    ruled(monkeypatch, "recovery_method", "whole")
    assert amount_to_recover(1_800, Stay(17, 18), NOW.date())[0] == 1_800
    ruled(monkeypatch, "recovery_tolerated_months", 1)
    assert amount_to_recover(1_800, Stay(17, 18), NOW.date())[0] == 0
    ruled(monkeypatch, "recovery_method", "unheard_of")
    with pytest.raises(LedgerError):
        amount_to_recover(1_800, Stay(16, 18), NOW.date())


def test_a_recovery_is_owed_once_and_grows_with_the_months_missing(world: World) -> None:
    made = owed(world)
    reference = made.reference
    assert made.amount == 600
    again = recover(world.claims, reference, TWO_THIRDS, "Emplois non gardés", f"r:{reference}", LATER)
    assert again == made
    assert recover(world.claims, reference, TWO_THIRDS, "Le même constat", "r-2", NOW) is None
    more = recover(world.claims, reference, Stay(6, 18), "Départs nouveaux", "r-3", NOW)
    assert more is not None
    assert more.amount == 600
    assert recover(world.claims, reference, Stay(18, 18), "Rien", "r-4", NOW) is None
    assert balance(AccountCode.RECEIVABLE, enterprise_id=world.firm.pk) == 1_200
    assert check_ledger() == []


def test_the_next_order_retains_what_is_due_and_no_more(world: World) -> None:
    made = owed(world)
    world.entitled("NEXT", 1_000)
    batch = world.proposed("next", world.line("NEXT", 1_000))
    order = batch.orders.get()
    assert (order.gross, order.set_off, order.net) == (1_000, 600, 400)
    validate_batch(world.checker, batch.number, NOW)
    made.refresh_from_db()
    assert (made.due, made.settled) == (0, 600)
    assert balance(AccountCode.RECEIVABLE) == 0
    assert balance(AccountCode.PAYABLE) == -400
    world.entitled("AFTER", 50)
    assert world.proposed("after", world.line("AFTER", 50)).orders.get().set_off == 0
    assert check_ledger() == []


def test_an_order_retained_whole_transfers_nothing(world: World) -> None:
    owed(world)
    world.entitled("NEXT", 500)
    batch = world.validated("next", world.line("NEXT", 500))
    assert batch.file == ""
    assert batch.orders.get().state == PaymentOrder.State.SET_OFF
    assert Recovery.objects.get().due == 100
    assert check_ledger() == []


def test_two_batches_proposed_together_never_retain_the_same_money(world: World) -> None:
    made = owed(world)
    world.entitled("A", 400)
    world.entitled("B", 400)
    first = world.proposed("a", world.line("A", 400))
    second = world.proposed("b", world.line("B", 400))
    assert [batch.orders.get().set_off for batch in (first, second)] == [400, 200]
    refuse_batch(world.checker, first.number, "RIB à vérifier", NOW)
    made.refresh_from_db()
    assert (made.reserved, made.due) == (200, 400)
    assert check_ledger() == []


def test_another_firm_pays_nothing_for_it(world: World) -> None:
    owed(world)
    world.entitled("THEIRS", 1_000, firm=world.other)
    assert world.proposed("theirs", world.line("THEIRS", 1_000)).orders.get().set_off == 0


def test_a_part_of_each_order_may_be_kept_for_the_firm(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    owed(world)
    ruled(monkeypatch, "set_off_rate", 2_500)
    world.entitled("NEXT", 1_001)
    assert world.proposed("next", world.line("NEXT", 1_001)).orders.get().set_off == 250


def test_a_plan_of_instalments_sums_to_what_is_due(world: World) -> None:
    made = owed(world, 3_000)
    rows = plan_instalments(world.claims, made.number, 3, date(2026, 1, 31), NOW)
    assert [row.amount for row in rows] == [333, 333, 334]
    assert [row.due_on for row in rows] == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    plan_instalments(world.claims, made.number, 1, date(2026, 6, 1), NOW)
    assert [(row.plan, row.amount) for row in plan_of(made)] == [(2, 1_000)]
    for count in (0, 13):
        with pytest.raises(LedgerError):
            plan_instalments(world.claims, made.number, count, date(2026, 1, 31), NOW)
    with pytest.raises(UnknownSubject):
        plan_instalments(world.claims, "RC-0", 1, date(2026, 1, 31), NOW)


def test_a_recovery_smaller_than_its_instalments_is_refused(world: World) -> None:
    made = owed(world, 6)
    assert made.amount == 2
    with pytest.raises(WrongAmount):
        plan_instalments(world.claims, made.number, 3, date(2026, 1, 31), NOW)


def given_back(made: Recovery, reference: str, amount: int) -> Movement:
    return Movement(Ordered("", made.number, amount), reference, amount, credit=True)


def test_money_given_back_settles_the_recovery_once(world: World) -> None:
    made = owed(world)
    assert told(world, given_back(made, "C1", 250)) == ["received"]
    assert told(world, given_back(made, "C1", 250), given_back(made, "C2", 351), number="S2") == [
        "repeated",
        "more_than_due",
    ]
    assert told(world, given_back(made, "C3", 350), number="S3") == ["received"]
    assert balance(AccountCode.RECEIVABLE) == 0
    kinds = [line.kind for line in statement(world.signer, world.firm)]
    assert kinds == ["entitlement", "order", "payment", "recovery", "receipt", "receipt"]
    assert statement(world.signer, world.firm)[-1].due_by_firm == 0
    assert check_ledger() == []


def test_money_given_back_without_a_number_of_the_bank_is_a_finding(world: World) -> None:
    made = owed(world)
    assert told(world, replace(given_back(made, "", 250))) == ["no_reference"]
    assert balance(AccountCode.RECEIVABLE) == 600


def test_money_that_returns_after_it_was_asked_back_is_a_finding(world: World) -> None:
    made = owed(world)
    order = PaymentOrder.objects.get(entitlement=made.entitlement)
    assert told(world, movement(order, "B9", back=True), number="S9") == ["return_recovered"]
    assert check_ledger() == []


def test_a_retained_part_stays_settled_when_the_bank_rejects_the_rest(world: World) -> None:
    owed(world)
    batch = sent(world, 1_000)
    order = batch.orders.get()
    assert order.set_off == 600
    content = account_message(STATEMENT, "S7", [movement(order, "B7")], NOW)
    assert b"4.00" in content
    assert told(world, movement(order, "B7"), number="S7") == ["paid"]
    assert told(world, movement(order, "B8", back=True), number="S8") == ["returned"]
    order.entitlement.refresh_from_db()
    assert (order.entitlement.ordered, order.entitlement.settled) == (600, 600)
    assert check_ledger() == []
