"""The listing of reconciliation: orders matched, to be matched, rejected with the reason; movements not matched."""

from __future__ import annotations

from dataclasses import dataclass

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
    sent = PaymentOrder.objects.filter(batch__state=PaymentBatch.State.SENT).order_by("number")
    told = BankEntry.objects.filter(order=OuterRef("pk"), outcome__in=("rejected", "returned")).order_by("-pk")
    failed = sent.filter(state__in=(State.REJECTED, State.RETURNED)).annotate(
        reason_code=Subquery(told.values("reason")[:1])
    )
    return Reconciliation(
        matched=sent.filter(state=State.PAID),
        to_match=sent.filter(state__in=(State.VALIDATED, State.ACCEPTED)),
        unmatched=findings(),
        rejected=[Rejected(order, reason_in_words(order.reason_code or "")) for order in failed],
        refused_files=BankFile.objects.exclude(refusal="").order_by("pk"),
    )


def totals() -> dict[str, int]:
    """How many lines of the bank became what, by outcome."""
    return dict(BankEntry.objects.values_list("outcome").annotate(many=Count("pk")).order_by("outcome"))
