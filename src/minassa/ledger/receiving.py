"""Takes in a file of the bank, once: each line is confronted, kept with what became of it, and posted if it matches."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from minassa.journal.public import append_to_each
from minassa.ledger.bank_files import Message, RefusedFile, open_message
from minassa.ledger.budget_models import Entitlement, Recovery
from minassa.ledger.counters import add
from minassa.ledger.findings import STREAM, one_at_a_time
from minassa.ledger.listening import tell_settled
from minassa.ledger.matching import Known, outcome
from minassa.ledger.payment_models import BankEntry, BankFile, PaymentOrder
from minassa.ledger.posting import post_all
from minassa.ledger.reestablishing import reestablish
from minassa.ledger.said import Nature, Said, lines, message_id
from minassa.registry.public import Actor, require


@transaction.atomic
def receive_bank_file(actor: Actor, content: bytes, at: datetime) -> BankFile:
    """Take in a pain.002, camt.053 or camt.054; the same bytes again have no effect. Forbidden.

    What cannot be read is kept as refused (`refusal` says why); what does not match is kept as a finding. One
    transaction: a file whose reading was cut short has left nothing, and is simply given again.
    """
    require(actor, "bank.read", None)
    one_at_a_time()
    digest = hashlib.sha256(content).hexdigest()
    known = BankFile.objects.filter(digest=digest).first()
    if known is not None:
        return known
    try:
        message = open_message(content)
        said = lines(message)
    except RefusedFile as refused:
        return _kept(actor, digest, content, at, refusal=refused.code)
    file = _kept(actor, digest, content, at, message=message)
    _confront(file, _unfolded(said), actor, at)
    return file


def _kept(
    actor: Actor, digest: str, content: bytes, at: datetime, *, message: Message | None = None, refusal: str = ""
) -> BankFile:
    told = {"digest": digest, "size": len(content), "refusal": refusal, "message": message.name if message else ""}
    append_to_each({STREAM: (at, [("bank.file-received", told)])}, str(actor))
    return BankFile.objects.create(
        digest=digest,
        size=len(content),
        message=message.name if message else "",
        message_id=message_id(message) if message else "",
        received_at=at,
        received_by=str(actor),
        refusal=refusal,
        content=content.decode() if message else "",
    )


def _unfolded(said: Sequence[Said]) -> list[Said]:
    """Lines about a whole batch become one line for each of its orders; an unknown batch stays as it is."""
    batches = {one.group for one in said if one.group}
    rows = PaymentOrder.objects.filter(batch__number__in=batches, gross__gt=0).order_by("pk")
    orders: dict[str, list[str]] = {}
    for batch, number, gross, set_off in rows.values_list("batch__number", "number", "gross", "set_off"):
        if gross > set_off:
            orders.setdefault(batch, []).append(number)
    return [
        each
        for one in said
        for each in (
            [replace(one, end_to_end_id=number) for number in orders[one.group]] if one.group in orders else [one]
        )
    ]


def _confront(file: BankFile, said: Sequence[Said], actor: Actor, at: datetime) -> None:
    known = _known(said)
    entries = []
    for rank, one in enumerate(said, start=1):
        became, order, recovery = outcome(one, known)
        entries.append(
            BankEntry(
                file=file,
                rank=rank,
                reference=one.reference,
                end_to_end_id=one.end_to_end_id or one.group,
                amount=one.amount,
                currency=one.currency,
                booked_on=one.booked_on,
                reason=one.reason,
                outcome=became,
                debit=one.nature is Nature.DEBIT,
                order=order,
                recovery=recovery,
            )
        )
    BankEntry.objects.bulk_create(entries)
    _write(known)
    post_all([replace(one, stream=STREAM) for one in known.operations], str(actor), at)
    reestablish(actor, known.received, at)
    tell_settled(known.settled, at)


def _known(said: Iterable[Said]) -> Known:
    """The orders, entitlements and recoveries that are spoken of, held in this order."""
    numbers = {one.end_to_end_id for one in said if one.end_to_end_id}
    orders = list(
        PaymentOrder.objects.select_for_update(of=("self",))
        .select_related("batch")
        .only("number", "state", "gross", "set_off", "entitlement_id", "batch__number", "batch__state")
        .filter(number__in=numbers)
        .order_by("pk")
    )
    recoveries = {one.recovery for one in said if one.recovery}
    firms = {order.entitlement_id for order in orders}
    held = {row.pk: row for row in Entitlement.objects.select_for_update().filter(pk__in=firms).order_by("pk")}
    for order in orders:
        order.entitlement = held[order.entitlement_id]
    owed = Recovery.objects.select_for_update()
    references = {one.reference for one in said if one.reference}
    effects = (BankEntry.Outcome.PAID, BankEntry.Outcome.RETURNED, BankEntry.Outcome.RECEIVED)
    seen = BankEntry.objects.filter(Q(reference__in=references), outcome__in=effects)
    return Known(
        orders={order.number: order for order in orders},
        recoveries={row.number: row for row in owed.filter(number__in=recoveries).order_by("pk")},
        seen={
            (ref, number or back)
            for ref, number, back in seen.values_list("reference", "order__number", "recovery__number")
        },
    )


def _write(known: Known) -> None:
    """The new states, and how far the counters have moved."""
    states: dict[str, list[int]] = {}
    for order in known.changed.values():
        states.setdefault(order.state, []).append(order.pk)
    for state, keys in states.items():
        PaymentOrder.objects.filter(pk__in=keys).update(state=state)
    # Down together, ordered after settled; up, settled after ordered: each keeps within the other at every moment.
    add(Entitlement, "settled", {key: move.settled for key, move in known.moves.items() if move.settled < 0})
    add(Entitlement, "ordered", {key: move.ordered for key, move in known.moves.items()})
    add(Entitlement, "settled", {key: move.settled for key, move in known.moves.items() if move.settled > 0})
    add(Recovery, "settled", known.received)
