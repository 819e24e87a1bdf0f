"""Several hands at one instant: nothing is ordered twice, nobody waits for ever, claim and ledger agree at the end."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections
from django.db.models import Sum

from minassa.claims.models import Claim
from minassa.claims.public import accept
from minassa.ledger.models import BankAccount, Entitlement, PaymentOrder
from minassa.ledger.public import (
    AccountGiven,
    AccountRefused,
    Place,
    change_envelope,
    check_ledger,
    commit_waiting,
    confirm_account,
    open_envelope,
    propose_account,
    propose_due,
    validate_batch,
)
from minassa.vocabulary.identifiers import rib_with_key
from tests.claims.money import YEAR, Money, accepted, agrees, answered, contested, make_money, right
from tests.claims.world import DAY, NOW, Declared, World, a_line, to_decide

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def money(world: World) -> Money:
    return make_money(world)


def at_once(*acts: Callable[[], object]) -> list[Exception]:
    """Do acts in threads that start together; what failed."""
    start, failed = threading.Barrier(len(acts)), list[Exception]()

    def work(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001 (told to the test)
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return failed


def test_two_runs_at_once_order_each_centime_once(world: World, nation: Declared, money: Money) -> None:
    money.opened()
    claim = accepted(world, nation)
    runs = [lambda name=name: propose_due(money.maker, NOW, name) for name in ("a", "b", "c")]
    assert at_once(*runs) == []
    assert PaymentOrder.objects.aggregate(n=Sum("gross"))["n"] == claim.total_cents
    assert agrees(claim).ordered == claim.total_cents


@pytest.mark.parametrize("upheld", [True, False])
def test_a_payment_and_a_contest_at_once_agree_at_the_end(
    world: World, nation: Declared, money: Money, *, upheld: bool
) -> None:
    money.opened()
    claim = accepted(world, nation)
    first = contested(claim, 1)
    order = money.ordered().orders.get()
    failed = at_once(
        lambda: money.told(order),
        lambda: contested(Claim.objects.get(pk=claim.pk), 0, NOW + DAY),
        lambda: answered(world, first, upheld=upheld, at=NOW + DAY),
    )
    assert failed == []
    held = agrees(claim)
    cents = a_line(claim, 1).amount_cents
    assert held.settled == claim.total_cents - cents
    # The other line was paid already: its contest holds back as much of what is left.
    waits = 0 if upheld else min(cents, a_line(claim, 0).amount_cents)
    assert (held.cancelled, held.suspended) == ((cents, 0) if upheld else (0, waits))
    assert held.payable == held.due - held.suspended


def test_what_is_not_due_is_cancelled_though_another_line_was_held_back_first(
    world: World, nation: Declared, money: Money
) -> None:
    money.opened()
    claim = accepted(world, nation)
    first = contested(claim, 1)
    money.told(money.ordered().orders.get())
    contested(Claim.objects.get(pk=claim.pk), 0, NOW + DAY)
    answered(world, first, upheld=True, at=NOW + DAY)
    held, cents = agrees(claim), a_line(claim, 1).amount_cents
    assert held.settled == claim.total_cents - cents
    assert (held.cancelled, held.suspended) == (cents, 0)


def test_decisions_and_credits_at_once_are_all_committed_in_the_end(
    world: World, nation: Declared, money: Money
) -> None:
    claim = to_decide(world, nation)
    place = Place("paf", YEAR, "mtnra")
    open_envelope(money.checker, place, 1, "EXEMPLE", "open", NOW)
    failed = at_once(
        lambda: accept(world.committee, Claim.objects.get(pk=claim.pk), NOW),
        lambda: change_envelope(money.checker, place, claim.total_cents, "EXEMPLE", "more", NOW),
        lambda: commit_waiting(NOW),
    )
    assert failed == []
    commit_waiting(NOW)
    claim.refresh_from_db()
    assert agrees(claim).committed == claim.total_cents


def test_a_change_of_account_and_a_validation_at_once_never_pay_on_an_unconfirmed_one(
    world: World, nation: Declared, money: Money
) -> None:
    money.opened()
    claim = accepted(world, nation)
    (batch,) = propose_due(money.maker, NOW, "run").batches
    other = AccountGiven("EXEMPLE", rib_with_key(1_178_000_000_000_000_000_009))
    failed = at_once(
        lambda: validate_batch(money.checker, batch.number, NOW),
        lambda: propose_account(world.signer, world.firm, other, NOW),
    )
    assert [type(error) for error in failed] in ([], [AccountRefused])
    order = PaymentOrder.objects.get()
    assert order.rib != other.rib
    assert (order.state == "validated") is not bool(failed)
    assert agrees(claim).ordered == claim.total_cents


def test_two_hands_at_once_leave_one_account(world: World, money: Money) -> None:
    ribs = [rib_with_key(1_178_000_000_000_000_000_010 + rank) for rank in range(3)]
    given = [AccountGiven("EXEMPLE", rib) for rib in ribs]
    acts = [lambda one=one: propose_account(world.signer, world.firm, one, NOW) for one in given]
    assert at_once(*acts) == []
    waiting = BankAccount.objects.get(state="proposed")
    confirm = [
        lambda who=who: confirm_account(who, waiting, "Attestation EXEMPLE", NOW)
        for who in (money.maker, money.checker)
    ]
    assert len(at_once(*confirm)) == 1
    assert BankAccount.objects.filter(state="confirmed").count() == 2


def test_the_same_decision_at_once_is_one_right(world: World, nation: Declared, money: Money) -> None:
    money.opened()
    claim = to_decide(world, nation)
    acts = [lambda: accept(world.committee, Claim.objects.get(pk=claim.pk), NOW)] * 3
    assert len(at_once(*acts)) == 2
    assert Entitlement.objects.count() == 1
    claim.refresh_from_db()
    agrees(claim)
    assert right(claim).amount == claim.total_cents
    assert check_ledger() == []
