"""A payment run takes all that is payable and says of the rest why not."""

from __future__ import annotations

import pytest

from minassa.ledger.models import BankAccount, Entitlement, PaymentBatch
from minassa.ledger.public import (
    AccountGiven,
    Grant,
    Place,
    SameHand,
    change_envelope,
    check_ledger,
    commit_or_wait,
    commit_waiting,
    confirm_account,
    decommit,
    due_now,
    grant,
    propose_account,
    propose_due,
    set_payer,
    suspend,
    validate_batch,
    waiting,
    why_not,
)
from minassa.registry.models import Account, Enterprise, Mandate
from minassa.registry.public import Forbidden, actor_of
from tests.ledger.test_accounts import confirmed
from tests.ledger.test_bank import movement, sent, told
from tests.ledger.world import DAY, NOW, PAYER, PLACE, World, rib


@pytest.fixture
def ready(world: World) -> World:
    """A world whose payer is known, whose first firm has its account."""
    set_payer(world.checker, PAYER, NOW)
    confirmed(world)
    return world


def decided(world: World, reference: str, amount: int, firm: Enterprise | None = None) -> Entitlement:
    given = Grant(reference, (firm or world.firm).pk, "pae", 2026, amount)
    grant(world.claims, given, f"grant:{reference}", NOW)
    return commit_or_wait(world.claims, reference, NOW)


def test_a_run_orders_what_is_payable_to_the_confirmed_account_by_two_hands(ready: World) -> None:
    decided(ready, "A", 700)
    decided(ready, "B", 300)
    run = propose_due(ready.maker, NOW, "run-1")
    assert run.left_out == []
    (batch,) = run.batches
    orders = list(batch.orders.order_by("pk"))
    assert [(one.gross, one.rib, one.beneficiary) for one in orders] == [
        (700, rib(1), "SOCIETE EXEMPLE"),
        (300, rib(1), "SOCIETE EXEMPLE"),
    ]
    assert propose_due(ready.maker, NOW + DAY, "run-1").batches == [batch]
    assert propose_due(ready.maker, NOW + DAY, "run-2").batches == []
    with pytest.raises(SameHand):
        validate_batch(ready.maker, batch.number, NOW)
    validate_batch(ready.checker, batch.number, NOW)
    assert check_ledger() == []


def test_what_is_left_out_says_why(ready: World) -> None:
    decided(ready, "HELD", 500)
    suspend(ready.claims, "HELD", 200, "Contestation", "s", NOW)
    decided(ready, "TOO-MUCH", 10**12)
    decided(ready, "OTHER", 400, ready.other)
    preview = due_now(ready.maker)
    assert [(one.reference, one.amount) for one in preview.ready] == [("HELD", 300)]
    assert {(one.reference, one.amount, one.code) for one in preview.left_out} == {
        ("HELD", 200, "suspended"),
        ("TOO-MUCH", 10**12, "no-credits"),
        ("OTHER", 400, "no-account"),
    }
    assert all(one.reason for one in preview.left_out)
    account = propose_account(ready.signer, ready.firm, AccountGiven("SOCIETE EXEMPLE", rib(2)), NOW)
    run = propose_due(ready.maker, NOW, "run")
    assert run.batches == []
    assert {one.code for one in run.left_out} == {"account-pending", "no-account"}
    confirm_account(ready.checker, account, "Attestation EXEMPLE", NOW)
    assert len(propose_due(ready.maker, NOW, "again").batches) == 1
    assert why_not([Entitlement.objects.get(reference="OTHER")])["OTHER"].code == "no-account"


def test_nothing_is_ordered_while_the_bank_and_we_do_not_agree(ready: World) -> None:
    batch = sent(ready, 600)
    order = batch.orders.get()
    assert told(ready, movement(order, "B1", amount=599)) == ["wrong_amount"]
    entitlement = order.entitlement
    grant(ready.claims, Grant("N", ready.firm.pk, "pae", 2026, 100), "grant:N", NOW)
    commit_or_wait(ready.claims, "N", NOW)
    preview = due_now(ready.maker)
    assert [one.reference for one in preview.ready] == ["N"]
    assert entitlement.reference not in {one.reference for one in preview.ready}


def test_without_an_account_that_pays_nothing_is_proposed(world: World) -> None:
    confirmed(world)
    decided(world, "A", 700)
    run = propose_due(world.maker, NOW, "run")
    assert run.batches == []
    assert [one.code for one in run.left_out] == ["no-payer"]
    assert not PaymentBatch.objects.exists()


def test_a_run_is_for_those_who_pay(ready: World) -> None:
    for actor in (ready.signer, ready.claims, ready.stranger):
        with pytest.raises(Forbidden):
            propose_due(actor, NOW, "run")
        with pytest.raises(Forbidden):
            due_now(actor)


def test_what_waits_for_credits_is_committed_in_the_order_of_decisions(ready: World) -> None:
    left = 1_000_000_00
    decided(ready, "FIRST", left + 500)
    decided(ready, "SECOND", 100)
    assert [one.reference for one in waiting()] == ["FIRST", "SECOND"]
    change_envelope(ready.checker, PLACE, 500, "Loi rectificative", "more", NOW)
    assert commit_waiting(NOW) == ["FIRST"]
    assert [one.reference for one in waiting()] == ["SECOND"]
    assert commit_waiting(NOW) == []
    change_envelope(ready.checker, PLACE, 100, "Loi rectificative", "again", NOW)
    assert commit_waiting(NOW) == ["SECOND"]
    assert not waiting().exists()
    assert check_ledger() == []


def test_a_commitment_given_back_by_hand_does_not_come_again_by_itself(ready: World) -> None:
    decided(ready, "A", 300)
    decommit(ready.claims, "A", 300, "d", NOW)
    assert commit_waiting(NOW) == []
    again = commit_or_wait(ready.claims, "A", NOW)
    assert again.committed == 300
    assert check_ledger() == []


def test_credits_of_another_year_do_not_serve(ready: World) -> None:
    grant(ready.claims, Grant("Y", ready.firm.pk, "pae", 2027, 10), "grant:Y", NOW)
    waits = commit_or_wait(ready.claims, "Y", NOW)
    assert (waits.awaits_credits, waits.committed) == (True, 0)
    assert commit_or_wait(ready.claims, "Y", NOW).awaits_credits
    assert Place("pae", 2027, "mtnra") != PLACE


def test_each_firm_is_paid_on_its_own_account(ready: World) -> None:
    holder = Account.objects.create(email="other@minassa.example", password="!")
    Mandate.objects.create(account=holder, enterprise=ready.other, power="sign", since=NOW.date())
    made = propose_account(actor_of(holder, NOW.date()), ready.other, AccountGiven("AUTRE", rib(7)), NOW)
    confirm_account(ready.maker, made, "Attestation EXEMPLE", NOW)
    decided(ready, "A", 10)
    decided(ready, "B", 20, ready.other)
    (batch,) = propose_due(ready.maker, NOW, "run").batches
    paid = {one.entitlement.reference: (one.rib, one.beneficiary) for one in batch.orders.select_related("entitlement")}
    assert paid == {"A": (rib(1), "SOCIETE EXEMPLE"), "B": (rib(7), "AUTRE")}
    assert BankAccount.objects.count() == 2
