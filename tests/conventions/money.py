"""Money for the tests of conventions: credits, and orders that the bank has executed."""

from __future__ import annotations

from datetime import datetime

from minassa.ledger.models import PaymentBatch, PaymentOrder
from minassa.ledger.public import (
    Line,
    Place,
    open_envelope,
    propose_batch,
    receive_bank_file,
    send_batch,
    validate_batch,
)
from minassa.simulators.bank_messages import STATEMENT, Movement, Ordered, account_message
from tests.conventions.world import World
from tests.ledger.world import PAYER, rib

MUCH = 100_000_000_00


def credits_opened(world: World, at: datetime) -> None:
    for year in (2026, 2027):
        open_envelope(world.checker, Place("pae", year, "mtnra"), MUCH, "Loi de finances EXEMPLE", f"open-{year}", at)


def ordered(world: World, reference: str, amount: int, at: datetime) -> PaymentBatch:
    """Orders of a reference validated by another hand and given to the bank."""
    line = Line(reference, amount, "SOCIETE EXEMPLE", rib(1))
    batch = propose_batch(world.maker, PAYER, [line], f"batch-{reference}-{amount}-{at}", at)
    validate_batch(world.checker, batch.number, at)
    batch.refresh_from_db()
    if batch.file:
        send_batch(world.checker, batch.number, at)
    return batch


def executed(world: World, batch: PaymentBatch, at: datetime) -> None:
    """The bank says that it paid every order of a batch."""
    said = [_movement(order) for order in batch.orders.order_by("pk") if order.net]
    if said:
        content = account_message(STATEMENT, f"S-{batch.number}", said, at)
        assert not receive_bank_file(world.maker, content, at).refusal


def _movement(order: PaymentOrder) -> Movement:
    return Movement(Ordered(order.batch.number, order.number, order.net), f"B-{order.number}", order.net, False, "")


def paid(world: World, reference: str, amount: int, at: datetime) -> int:
    """Pay centimes of a reference; what was transferred, less what was retained."""
    batch = ordered(world, reference, amount, at)
    executed(world, batch, at)
    return sum(order.net for order in batch.orders.all())
