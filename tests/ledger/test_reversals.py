"""What was recognised and is no longer, what is asked back, advances, corrections of what the bank did: all balance."""

from __future__ import annotations

import pytest
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from minassa.ledger import listening
from minassa.ledger.chart import AccountCode
from minassa.ledger.listening import Settled
from minassa.ledger.models import Entitlement, Envelope, PaymentOrder, Recovery, Settlement, Transaction
from minassa.ledger.public import (
    Grant,
    KeyConflict,
    LedgerError,
    UnknownSubject,
    WrongAmount,
    advance,
    advance_left,
    ask_back,
    balance,
    cancel,
    check_ledger,
    commit,
    correctable,
    findings,
    grant,
    impute,
    on_settled,
    release,
    send_batch,
    settle_finding,
    suspend,
    trial_balance,
)
from minassa.registry.public import Forbidden
from tests.ledger.test_bank import LATER, movement, reported, sent, told
from tests.ledger.test_recoveries import paid
from tests.ledger.world import NOW, World

MONEY_LEFT = Settlement.Verdict.MONEY_LEFT


def given_of(reference: str, world: World, amount: int) -> Grant:
    return Grant(reference, world.firm.pk, "pae", 2026, amount)


def read(reference: str) -> Entitlement:
    return Entitlement.objects.get(reference=reference)


def test_a_right_cancelled_gives_its_credits_back(world: World) -> None:
    world.entitled("D", 1_000)
    cancel(world.claims, "D", 400, "Contestation fondée", "c", NOW)
    held = read("D")
    assert (held.amount, held.cancelled, held.committed, held.payable) == (1_000, 400, 600, 600)
    assert Envelope.objects.get().committed == 600
    assert balance(AccountCode.ENTITLED) == -600
    assert balance(AccountCode.EXPENSE) == 600
    assert cancel(world.claims, "D", 400, "Contestation fondée", "c", NOW).cancelled == 400
    with pytest.raises(KeyConflict):
        cancel(world.claims, "D", 1, "autre", "c", NOW)
    assert check_ledger() == []


def test_only_what_is_neither_ordered_nor_suspended_is_cancelled(world: World) -> None:
    world.entitled("D", 1_000, committed=700)
    world.proposed("b", world.line("D", 300))
    suspend(world.claims, "D", 200, "Contestation", "s", NOW)
    with pytest.raises(WrongAmount):
        cancel(world.claims, "D", 501, "motif", "c", NOW)
    with pytest.raises(LedgerError):
        cancel(world.claims, "D", 1, " ", "c", NOW)
    with pytest.raises(Forbidden):
        cancel(world.signer, "D", 1, "motif", "c", NOW)
    cancel(world.claims, "D", 500, "motif", "c", NOW)
    held = read("D")
    assert (held.committed, held.payable, held.suspended) == (500, 0, 200)
    release(world.claims, "D", 200, "répondu", "r", NOW)
    assert read("D").payable == 200
    assert check_ledger() == []


@given(st.integers(1, 500), st.integers(0, 500), st.integers(1, 500))
def test_a_right_keeps_within_its_bounds(amount: int, committed: int, cancelled: int) -> None:
    one = Entitlement(amount=amount, committed=min(amount, committed))
    one.cancelled = min(one.cancellable, cancelled)
    one.committed -= max(0, one.cancelled - (one.amount - one.committed))
    assert 0 <= one.payable <= one.committed <= one.amount - one.cancelled
    assert one.due == one.amount - one.cancelled


def test_what_was_paid_and_is_not_due_is_asked_back_once(world: World) -> None:
    (reference,) = paid(world, 1_000)
    with pytest.raises(WrongAmount):
        ask_back(world.claims, given_of(reference, world, 1_001), "motif", "r", NOW)
    made = ask_back(world.claims, given_of(reference, world, 300), "Ligne retirée", "r", NOW)
    assert ask_back(world.claims, given_of(reference, world, 300), "Ligne retirée", "r", NOW) == made
    assert (made.months_kept, made.months_required, made.entitlement) == (None, None, read(reference))
    with pytest.raises(WrongAmount):
        ask_back(world.claims, given_of(reference, world, 701), "motif", "r2", NOW)
    assert balance(AccountCode.RECEIVABLE, enterprise_id=world.firm.pk) == 300
    assert check_ledger() == []


def test_what_a_decision_makes_due_without_any_right_is_set_off_next(world: World) -> None:
    made = ask_back(world.claims, given_of("AIR-2026-T2", world, 250), "Trimestre négatif", "r", NOW)
    assert made.entitlement is None
    world.entitled("NEXT", 1_000)
    world.validated("b", world.line("NEXT", 1_000))
    made.refresh_from_db()
    assert (made.settled, made.due) == (250, 0)
    assert balance(AccountCode.RECEIVABLE) == 0
    assert check_ledger() == []


def test_an_advance_is_paid_as_a_right_and_imputed_on_the_next(world: World) -> None:
    advance(world.claims, given_of("AV", world, 500), "av", NOW)
    commit(world.claims, "AV", 500, "av:c", NOW)
    assert balance(AccountCode.ADVANCES) == 500
    assert balance(AccountCode.EXPENSE) == 0
    batch = world.validated("b", world.line("AV", 500))
    assert advance_left("AV") == 0
    send_batch(world.checker, batch.number, NOW)
    assert told(world, movement(batch.orders.get())) == ["paid"]
    assert advance_left("AV") == 500
    with pytest.raises(WrongAmount):
        impute(world.claims, "AV", 501, "Jalon", "i", NOW)
    made = impute(world.claims, "AV", 300, "Dix-huitième mois", "i", NOW)
    assert (made.nature, advance_left("AV")) == ("imputation", 200)
    ask_back(world.claims, given_of("AV", world, 200), "Départ au 9e mois", "r", NOW)
    assert balance(AccountCode.ADVANCES) == 0
    world.entitled("PAE", 900)
    order = world.validated("b2", world.line("PAE", 900)).orders.get()
    assert (order.set_off, order.net) == (500, 400)
    assert balance(AccountCode.EXPENSE) == 900
    with pytest.raises(UnknownSubject):
        impute(world.claims, "PAE", 1, "motif", "i2", NOW)
    assert check_ledger() == []


def test_a_double_payment_that_truly_left_is_owed_by_the_firm(world: World) -> None:
    batch = sent(world, 1_000)
    order = batch.orders.get()
    assert told(world, movement(order, "B1"), movement(order, "B2")) == ["paid", "double"]
    entry = findings().get()
    assert correctable(entry)
    settled = settle_finding(world.maker, entry, "Relevé de la banque lu avec elle", LATER, MONEY_LEFT)
    assert settled.recovery is not None
    assert settled.recovery.amount == 1_000
    assert balance(AccountCode.TREASURY) == -2_000
    assert balance(AccountCode.RECEIVABLE) == 1_000
    with pytest.raises(LedgerError):
        settle_finding(world.maker, entry, "encore", LATER, MONEY_LEFT)
    assert check_ledger() == []


@pytest.mark.parametrize("other", [900, 1_100])
def test_another_amount_that_truly_left_is_retained_on_the_order_made_again(world: World, other: int) -> None:
    order = sent(world, 1_000).orders.get()
    assert told(world, movement(order, amount=other)) == ["wrong_amount"]
    settle_finding(world.maker, findings().get(), "La banque a payé autrement", LATER, MONEY_LEFT)
    order.refresh_from_db()
    reference = order.entitlement.reference
    assert (order.state, read(reference).payable) == ("rejected", 1_000)
    again = world.validated("again", world.line(reference, 1_000)).orders.get()
    assert (again.set_off, again.net) == (min(other, 1_000), max(0, 1_000 - other))
    assert Recovery.objects.get().due == max(0, other - 1_000)
    assert check_ledger() == []
    assert sum(trial_balance().values()) == 0


def test_a_finding_that_moved_nothing_posts_nothing(world: World) -> None:
    order = sent(world, 1_000).orders.get()
    told(world, movement(order, "B1"), movement(order, "B2"), movement(order, "B3", back=True))
    before = Transaction.objects.count()
    entry = findings().get()
    assert settle_finding(world.maker, entry, "La banque a corrigé", LATER).recovery is None
    assert Transaction.objects.count() == before


def test_a_return_or_a_stranger_cannot_be_written_as_money_that_left(world: World) -> None:
    batch = sent(world, 1_000)
    order = batch.orders.get()
    assert reported(world, batch, {order.number: "AC04"}, []) == ["rejected"]
    assert told(world, movement(order, "B9", back=True)) == ["return_unpaid"]
    entry = findings().get()
    assert not correctable(entry)
    with pytest.raises(LedgerError):
        settle_finding(world.maker, entry, "motif", LATER, MONEY_LEFT)
    assert not Settlement.objects.exists()


def test_those_who_listen_hear_every_settlement_in_its_transaction(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Settled] = []
    monkeypatch.setattr(listening, "_LISTENERS", [])
    on_settled(lambda said, _at: heard.extend(said))
    ask_back(world.claims, given_of("NEG", world, 100), "Trimestre négatif", "r", NOW)
    batch = sent(world, 1_000, 500)
    first, second = batch.orders.order_by("pk")
    reported(world, batch, {second.number: "AC04"}, [first.number])
    told(world, movement(first, "B1"))
    told(world, movement(first, "B2", back=True), number="S2")
    assert [(one.what, one.cents) for one in heard] == [
        ("retained", 100),
        ("rejected", 0),
        ("paid", 900),
        ("returned", -900),
    ]
    assert sum(one.cents for one in heard) == Entitlement.objects.aggregate(n=Sum("settled"))["n"]


def test_an_error_of_those_who_listen_undoes_the_answer_of_the_bank(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = sent(world, 1_000).orders.get()

    def fails(_said: object, _at: object) -> None:
        message = "EXEMPLE"
        raise RuntimeError(message)

    monkeypatch.setattr(listening, "_LISTENERS", [fails])
    with pytest.raises(RuntimeError):
        told(world, movement(order))
    assert balance(AccountCode.TREASURY) == 0
    assert PaymentOrder.objects.get().state == "validated"
    monkeypatch.setattr(listening, "_LISTENERS", [])
    assert told(world, movement(order)) == ["paid"]


def test_a_grant_that_waits_is_not_an_order(world: World) -> None:
    grant(world.claims, given_of("D", world, 10), "g", NOW)
    cancel(world.claims, "D", 10, "motif", "c", NOW)
    held = read("D")
    assert (held.due, held.payable, held.awaiting) == (0, 0, 0)
    assert check_ledger() == []
