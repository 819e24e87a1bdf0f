"""The listing of reconciliation: orders matched, to be matched, rejected with the reason; movements not matched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from minassa.ledger.findings import findings
from minassa.ledger.payment_models import BankEntry, BankFile, PaymentBatch, PaymentOrder
from minassa.ledger.reasons import reason_in_words
from minassa.registry.public import Actor, require

State = PaymentOrder.State


@dataclass(frozen=True, slots=True)
class Rejected:
    """An order that the bank rejected or sent back, and why, in words."""

    order: PaymentOrder
    reason: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What the bank did of what it was ordered. Querysets are in the order of numbers and read when looked at."""

    matched: QuerySet[PaymentOrder]
    to_match: QuerySet[PaymentOrder]
    unmatched: QuerySet[BankEntry]
    rejected: list[Rejected]
    refused_files: QuerySet[BankFile]


def reconciliation(actor: Actor) -> Reconciliation:
    """The listing as it stands. Forbidden."""
    require(actor, "bank.read", None)
    failed = ordered_to_bank(State.REJECTED, State.RETURNED)
    return Reconciliation(
        matched=ordered_to_bank(State.PAID),
        to_match=ordered_to_bank(State.VALIDATED, State.ACCEPTED),
        unmatched=findings(),
        rejected=[Rejected(order, told_reason(order)) for order in failed],
        refused_files=BankFile.objects.exclude(refusal="").order_by("pk"),
    )


def ordered_to_bank(*states: str) -> QuerySet[Any]:
    """Orders that were given to the bank, in these states (in any when none is named), in the order of their numbers.

    Each bears `reason_code`, the last that the bank gave for rejecting it or sending it back: see `told_reason`.
    """
    told = BankEntry.objects.filter(order=OuterRef("pk"), outcome__in=("rejected", "returned")).order_by("-pk")
    sent = PaymentOrder.objects.filter(batch__state=PaymentBatch.State.SENT).order_by("number")
    sent = sent.annotate(reason_code=Subquery(told.values("reason")[:1]))
    return sent.filter(state__in=states) if states else sent


def told_reason(order: Any) -> str:  # noqa: ANN401 (a row of `ordered_to_bank`)
    """Why the bank rejected an order or sent it back, in words."""
    return reason_in_words(order.reason_code or "")


def totals() -> dict[str, int]:
    """How many lines of the bank became what, by outcome."""
    return dict(BankEntry.objects.values_list("outcome").annotate(many=Count("pk")).order_by("outcome"))
