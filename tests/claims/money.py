"""Those who pay, credits, the account of the firm and a bank, around the claims of the tests. All invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from minassa.claims.acting import acting
from minassa.claims.contesting import put
from minassa.claims.knowing import WORKER
from minassa.claims.models import Claim, Contest
from minassa.claims.public import accept, answer
from minassa.claims.settling import align, money_held
from minassa.ledger.models import Entitlement, PaymentBatch, PaymentOrder
from minassa.ledger.public import (
    AccountGiven,
    Payer,
    Place,
    check_ledger,
    commit_waiting,
    confirm_account,
    open_envelope,
    propose_account,
    propose_due,
    receive_bank_file,
    send_batch,
    set_payer,
    trial_balance,
    validate_batch,
)
from minassa.registry.models import Body, Role
from minassa.registry.public import Actor
from minassa.simulators.bank_messages import STATEMENT, Movement, Ordered, account_message, status_report
from minassa.vocabulary.identifiers import rib_with_key
from tests.claims.world import NOW, Declared, World, a_line, appointed, to_decide

YEAR = NOW.year
ENOUGH = 10**12


@dataclass
class Money:
    world: World
    maker: Actor
    checker: Actor
    files: int = 0

    def opened(self, amount: int = ENOUGH, measure: str = "paf", year: int = YEAR) -> None:
        open_envelope(self.checker, Place(measure, year, "mtnra"), amount, "EXEMPLE", f"open:{measure}:{year}", NOW)
        commit_waiting(NOW)

    def ordered(self, at: datetime = NOW) -> PaymentBatch:
        """A run proposed, validated by another hand, given to the bank."""
        (batch,) = propose_due(self.maker, at, f"run-{PaymentBatch.objects.count()}").batches
        validate_batch(self.checker, batch.number, at)
        if PaymentBatch.objects.get(pk=batch.pk).file:
            send_batch(self.checker, batch.number, at)
        return batch

    def told(self, order: PaymentOrder, *, back: bool = False, at: datetime = NOW) -> str:
        """What a statement about an order becomes."""
        self.files += 1
        made = Movement(
            Ordered(order.batch.number, order.number, order.net), f"B{self.files}", order.net, back, "AC04" * back
        )
        file = receive_bank_file(self.maker, account_message(STATEMENT, f"S{self.files}", [made], at), at)
        return str(file.entries.get().outcome)

    def rejected(self, order: PaymentOrder, at: datetime = NOW) -> str:
        self.files += 1
        report = status_report(f"R{self.files}", order.batch.number, {order.number: "AC04"}, [], at)
        return str(receive_bank_file(self.maker, report, at).entries.get().outcome)

    def paid(self, at: datetime = NOW) -> PaymentOrder:
        order = self.ordered(at).orders.get()
        assert self.told(order, at=at) == "paid"
        return order


def make_money(world: World) -> Money:
    ministry = Body.objects.create(code="mtnra", kind="ministry", name="MINISTERE EXEMPLE")
    money = Money(world, appointed("maker", ministry, Role.OFFICER), appointed("checker", ministry, Role.SUPERVISOR))
    set_payer(money.checker, Payer("TRESORERIE EXEMPLE", rib_with_key(3_108_100_000_000_000_000_001)), NOW)
    account = propose_account(
        world.signer, world.firm, AccountGiven("EXEMPLE", rib_with_key(1_178_000_000_000_000_000_001)), NOW
    )
    confirm_account(money.maker, account, "Attestation EXEMPLE", NOW)
    return money


def accepted(world: World, nation: Declared) -> Claim:
    return accept(world.committee, to_decide(world, nation), NOW)


def contested(claim: Claim, rank: int = 0, at: datetime = NOW) -> Contest:
    """A line contested by its employee, the code set aside."""
    with money_held(claim.reference), acting(WORKER, "", claim, at) as act:
        written = put(act, a_line(claim, rank).pk, "motif", by=str(WORKER), by_worker=True)
        align(act)
    return written


def answered(world: World, contest: Contest, *, upheld: bool, at: datetime = NOW) -> None:
    answer(world.secretary, contest, "réponse", at, upheld=upheld)


def right(claim: Claim) -> Entitlement:
    return Entitlement.objects.get(reference=claim.reference)


def agrees(claim: Claim) -> Entitlement:
    """The right of a claim, once seen that both say the same of what was paid and that the ledger holds."""
    claim.refresh_from_db()
    held = right(claim)
    assert held.settled == claim.paid_cents
    assert held.amount == claim.accepted_cents
    assert check_ledger() == []
    assert sum(trial_balance().values()) == 0
    return held
