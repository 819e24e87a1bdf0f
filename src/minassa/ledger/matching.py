"""Confronts what the bank says with our orders: what each line becomes, and which postings follow. No row is read here.

Nothing that the bank says is believed beyond its order: a payment is posted once, for the amount ordered, of an order
that was given to the bank. Everything else is a finding for people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from minassa.ledger.budget_models import Entitlement, Recovery
from minassa.ledger.chart import AccountCode, OperationKind
from minassa.ledger.entitling import operation_on
from minassa.ledger.listening import Settled, What
from minassa.ledger.payment_models import BankEntry, PaymentBatch, PaymentOrder
from minassa.ledger.posting import Leg, Operation, transfer
from minassa.ledger.said import Nature, Said
from minassa.ledger.transfer_file import CURRENCY

Outcome = BankEntry.Outcome
State = PaymentOrder.State


class Move(NamedTuple):
    """How far two counters of an entitlement move, in centimes."""

    ordered: int
    settled: int


@dataclass
class Known:
    """What was locked to be confronted: orders by number, recoveries by number, movements seen by their reference."""

    orders: Mapping[str, PaymentOrder]
    recoveries: Mapping[str, Recovery]
    seen: set[tuple[str, str]]
    """(reference of the bank, number of the order or recovery) of movements that had their effect."""
    operations: list[Operation] = field(default_factory=list)
    changed: dict[str, PaymentOrder] = field(default_factory=dict)
    moves: dict[int, Move] = field(default_factory=dict)
    """How far the counters of entitlements move, by their key."""
    settled: list[Settled] = field(default_factory=list)
    """What is told to those who listen."""
    received: dict[int, int] = field(default_factory=dict)
    """What came back for recoveries, by their key, in centimes."""

    def move(self, entitlement: Entitlement, *, ordered: int = 0, settled: int = 0) -> None:
        """Move the counters of an entitlement, here and, at the end, in the database."""
        entitlement.ordered += ordered
        entitlement.settled += settled
        before = self.moves.get(entitlement.pk, Move(0, 0))
        self.moves[entitlement.pk] = Move(before.ordered + ordered, before.settled + settled)


def outcome(said: Said, known: Known) -> tuple[Outcome, PaymentOrder | None, Recovery | None]:
    """What a line becomes, with the order or the recovery that it is about; its postings are added to `known`."""
    order = known.orders.get(said.end_to_end_id)
    recovery = known.recoveries.get(said.recovery)
    if said.nature in {Nature.ACCEPTED, Nature.REJECTED, Nature.UNDECIDED}:
        return _of_report(said, order, known), order, None
    if not said.booked:
        return Outcome.NOT_BOOKED, order, None
    if said.amount is None:
        return Outcome.UNREADABLE, order, None
    if said.nature is Nature.CREDIT and order is None and recovery is not None:
        return _received(said, recovery, known), None, recovery
    return _of_movement(said, order, known), order, None


def _of_report(said: Said, order: PaymentOrder | None, known: Known) -> Outcome:
    if order is None:
        return Outcome.UNKNOWN if said.end_to_end_id else Outcome.NO_REFERENCE
    if order.batch.state != PaymentBatch.State.SENT:
        return Outcome.NOT_ORDERED
    decide = _ON_REPORT.get((said.nature, State(order.state)))
    if decide is None:
        return Outcome.REPEATED
    return decide(order, known)


def _accepted(order: PaymentOrder, known: Known) -> Outcome:
    order.state = State.ACCEPTED
    known.changed[order.number] = order
    return Outcome.ACCEPTED


def _rejected(order: PaymentOrder, known: Known) -> Outcome:
    """The money never left: it is owed again, and may be ordered again under another number."""
    _move(order, State.REJECTED, known)
    legs = transfer(AccountCode.PAYABLE, AccountCode.ENTITLED, order.net)
    known.operations.append(_about(order, OperationKind.REJECTION, legs))
    known.move(order.entitlement, ordered=-order.net)
    known.settled.append(Settled(order.entitlement.reference, 0, What.REJECTED, order.number))
    return Outcome.REJECTED


def _contradicted(_order: PaymentOrder, _known: Known) -> Outcome:
    return Outcome.AFTER_PAYMENT


_ON_REPORT: Final[Mapping[tuple[Nature, State], Callable[[PaymentOrder, Known], Outcome]]] = MappingProxyType(
    {
        (Nature.ACCEPTED, State.VALIDATED): _accepted,
        (Nature.REJECTED, State.VALIDATED): _rejected,
        (Nature.REJECTED, State.ACCEPTED): _rejected,
        (Nature.REJECTED, State.PAID): _contradicted,
    }
)
"""Everything else that a report says of an order is known already, or comes too late to matter."""


def _of_movement(said: Said, order: PaymentOrder | None, known: Known) -> Outcome:
    if order is None:
        return Outcome.UNKNOWN if said.end_to_end_id else Outcome.NO_REFERENCE
    if said.reference and (said.reference, order.number) in known.seen:
        return Outcome.REPEATED
    if said.currency != CURRENCY:
        return Outcome.WRONG_CURRENCY
    if said.amount != order.net:
        return Outcome.WRONG_AMOUNT
    decide = _returned if said.nature is Nature.CREDIT else _paid
    found = decide(order, known)
    if found in {Outcome.PAID, Outcome.RETURNED} and said.reference:
        known.seen.add((said.reference, order.number))
    return found


def _paid(order: PaymentOrder, known: Known) -> Outcome:
    if order.state in {State.PAID, State.RETURNED}:
        return Outcome.DOUBLE
    if order.state == State.REJECTED:
        return Outcome.AFTER_REJECTION
    if order.batch.state != PaymentBatch.State.SENT or order.state not in {State.VALIDATED, State.ACCEPTED}:
        return Outcome.NOT_ORDERED
    _move(order, State.PAID, known)
    legs = transfer(AccountCode.PAYABLE, AccountCode.TREASURY, order.net)
    known.operations.append(_about(order, OperationKind.PAYMENT, legs))
    known.move(order.entitlement, settled=order.net)
    known.settled.append(Settled(order.entitlement.reference, order.net, What.PAID, order.number))
    return Outcome.PAID


def _returned(order: PaymentOrder, known: Known) -> Outcome:
    """The money left and came back: it is owed again."""
    entitlement: Entitlement = order.entitlement
    if order.state != State.PAID:
        return Outcome.RETURN_UNPAID
    if entitlement.settled - order.net < entitlement.recovered:
        return Outcome.RETURN_RECOVERED
    _move(order, State.RETURNED, known)
    legs = transfer(AccountCode.TREASURY, AccountCode.ENTITLED, order.net)
    known.operations.append(_about(order, OperationKind.RETURN_OF_FUNDS, legs))
    known.move(entitlement, ordered=-order.net, settled=-order.net)
    known.settled.append(Settled(entitlement.reference, -order.net, What.RETURNED, order.number))
    return Outcome.RETURNED


def _received(said: Said, recovery: Recovery, known: Known) -> Outcome:
    if said.reference and (said.reference, recovery.number) in known.seen:
        return Outcome.REPEATED
    if said.currency != CURRENCY:
        return Outcome.WRONG_CURRENCY
    if said.amount is None or said.amount > recovery.due:
        return Outcome.MORE_THAN_DUE
    if not said.reference:
        # Without the bank's own number, the same movement told twice could not be known again.
        return Outcome.NO_REFERENCE
    known.seen.add((said.reference, recovery.number))
    recovery.settled += said.amount
    known.received[recovery.pk] = known.received.get(recovery.pk, 0) + said.amount
    legs = transfer(AccountCode.TREASURY, AccountCode.RECEIVABLE, said.amount)
    known.operations.append(
        Operation(
            key=f"receipt:{recovery.number}:{said.reference}",
            kind=OperationKind.RECEIPT,
            measure=recovery.measure,
            budget_year=recovery.budget_year,
            subject=recovery.reference,
            stream="",
            legs=legs,
            enterprise_id=recovery.enterprise_id,
            fingerprint=said.reference,
        )
    )
    return Outcome.RECEIVED


def _move(order: PaymentOrder, state: State, known: Known) -> None:
    order.state = state
    known.changed[order.number] = order


def _about(order: PaymentOrder, kind: OperationKind, legs: tuple[Leg, ...]) -> Operation:
    return operation_on(order.entitlement, f"{kind}:{order.number}", kind, legs, order.number)
