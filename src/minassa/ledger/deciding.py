"""A proposed batch is validated by somebody else, or refused; then its file, written once, is given to the bank."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from minassa.journal.public import append_to_each
from minassa.ledger.budget_models import Entitlement, Recovery
from minassa.ledger.chart import AccountCode, OperationKind
from minassa.ledger.counters import add
from minassa.ledger.entitling import operation_on
from minassa.ledger.errors import ImpossibleState, SameHand, UnknownSubject
from minassa.ledger.listening import Settled, What, tell_settled
from minassa.ledger.payment_models import PaymentBatch, PaymentOrder, Retention
from minassa.ledger.posting import Operation, post_all, require_ground, transfer
from minassa.ledger.proposing import refuse_other_accounts, reserves
from minassa.ledger.reestablishing import reestablish
from minassa.ledger.transfer_file import write_transfer_file
from minassa.registry.public import Actor, require

State = PaymentBatch.State


@transaction.atomic
def validate_batch(actor: Actor, number: str, at: datetime) -> PaymentBatch:
    """Validate the orders of a batch: they are posted, its file is written and sealed in the journal.

    Forbidden, SameHand (who proposed it), ImpossibleState, UnknownSubject, AccountRefused (the account of a firm has
    changed since). Done again by the same hand: no effect.
    """
    require(actor, "payment.validate", None)
    batch = _held(number)
    if batch.state in {State.VALIDATED, State.SENT} and batch.decided_by == str(actor):
        return batch
    _decide(actor, batch, at)
    orders = list(batch.orders.select_related("entitlement").order_by("pk"))
    refuse_other_accounts((order.entitlement, order.rib) for order in orders)
    operations = [operation for order in orders for operation in _operations(order)]
    post_all([replace(one, stream=stream_of(batch)) for one in operations], str(actor), at)
    reestablish(actor, _take_reserves(batch), at)
    kept = [order for order in orders if order.set_off]
    tell_settled([Settled(one.entitlement.reference, one.set_off, What.RETAINED, one.number) for one in kept], at)
    transferred = [order for order in orders if order.net]
    content = write_transfer_file(batch, transferred, at) if transferred else b""
    batch.file, batch.file_digest = content.decode(), hashlib.sha256(content).hexdigest() if content else ""
    batch.state = State.VALIDATED
    batch.save()
    batch.orders.filter(gross__gt=F("set_off")).update(state=PaymentOrder.State.VALIDATED)
    batch.orders.filter(gross=F("set_off")).update(state=PaymentOrder.State.SET_OFF)
    told = {"batch": number, "digest": batch.file_digest, "orders": len(transferred)}
    append_to_each({stream_of(batch): (at, [("ledger.file-sealed", told)])}, str(actor))
    return batch


@transaction.atomic
def refuse_batch(actor: Actor, number: str, ground: str, at: datetime) -> PaymentBatch:
    """Refuse a proposed batch: all that it held back is free again. Forbidden, SameHand, ImpossibleState."""
    require(actor, "payment.validate", None)
    batch = _held(number)
    batch.ground = require_ground(ground)
    _decide(actor, batch, at)
    batch.state = State.REFUSED
    batch.save()
    add(Entitlement, "ordered", {one.entitlement_id: -one.gross for one in _with_entitlements_held(batch)})
    add(Recovery, "reserved", {key: -amount for key, amount in _retained(batch).items()})
    batch.orders.update(state=PaymentOrder.State.REFUSED)
    append_to_each({stream_of(batch): (at, [("ledger.batch-refused", {"batch": number})])}, str(actor))
    return batch


@transaction.atomic
def send_batch(actor: Actor, number: str, at: datetime) -> bytes:
    """The file of a validated batch, to be given to the bank; the same bytes each time it is asked for.

    Forbidden, ImpossibleState (not validated, or nothing in it is to be transferred), UnknownSubject.
    """
    require(actor, "payment.validate", None)
    batch = _held(number)
    if batch.state not in {State.VALIDATED, State.SENT} or not batch.file:
        raise ImpossibleState(_("Ce lot n'a pas de fichier à transmettre."), state=batch.state)
    if batch.state == State.VALIDATED:
        batch.state, batch.sent_at = State.SENT, at
        batch.save(update_fields=["state", "sent_at"])
        told = {"batch": number, "digest": batch.file_digest}
        append_to_each({stream_of(batch): (at, [("ledger.file-sent", told)])}, str(actor))
    return str(batch.file).encode()


def stream_of(batch: PaymentBatch) -> str:
    """The stream of the journal that belongs to a batch."""
    return f"batch:{batch.pk}"


def _held(number: str) -> PaymentBatch:
    found = PaymentBatch.objects.select_for_update().filter(number=number).first()
    if found is None:
        raise UnknownSubject(_("Aucun lot ne porte ce numéro."))
    return found


def _decide(actor: Actor, batch: PaymentBatch, at: datetime) -> None:
    if batch.state != State.PROPOSED:
        raise ImpossibleState(_("Ce lot n'attend plus de décision."), state=batch.state)
    if batch.proposed_by == str(actor):
        raise SameHand(_("Vous avez proposé ce lot : une autre personne doit le valider ou le refuser."))
    batch.decided_by, batch.decided_at = str(actor), at


def _operations(order: PaymentOrder) -> list[Operation]:
    entitlement = order.entitlement
    made = []
    if order.net:
        legs = transfer(AccountCode.ENTITLED, AccountCode.PAYABLE, order.net)
        made.append(operation_on(entitlement, f"order:{order.number}", OperationKind.ORDER, legs, order.number))
    if order.set_off:
        legs = transfer(AccountCode.ENTITLED, AccountCode.RECEIVABLE, order.set_off)
        made.append(operation_on(entitlement, f"set-off:{order.number}", OperationKind.SET_OFF, legs, order.number))
    return made


def _take_reserves(batch: PaymentBatch) -> dict[int, int]:
    """What was reserved is retained now: it settles the recoveries (centimes by key), and as much of entitlements."""
    add(Entitlement, "settled", {one.entitlement_id: one.set_off for one in _with_entitlements_held(batch)})
    retained = _retained(batch)
    # Freed before it is settled: the other way round would pass, for a moment, what is due.
    add(Recovery, "reserved", {key: -amount for key, amount in retained.items()})
    add(Recovery, "settled", retained)
    return retained


def _with_entitlements_held(batch: PaymentBatch) -> list[PaymentOrder]:
    orders = list(batch.orders.defer("rib").order_by("pk"))
    list(Entitlement.objects.select_for_update().filter(orders__in=orders).order_by("pk").values_list("pk"))
    return orders


def _retained(batch: PaymentBatch) -> dict[int, int]:
    """What the orders of a batch retain together, by the key of the recovery; rows held."""
    sums = reserves(Retention.objects.filter(order__batch=batch))
    list(Recovery.objects.select_for_update().filter(pk__in=sums).order_by("pk").values_list("pk"))
    return sums
