"""What the bank said that people must look at, and what holds back further payments until somebody has settled it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.ledger.budget_models import Entitlement, Recovery
from minassa.ledger.chart import AccountCode, OperationKind
from minassa.ledger.entitling import Grant, operation_on
from minassa.ledger.errors import LedgerError
from minassa.ledger.listening import Settled, What, tell_settled
from minassa.ledger.payment_models import BankEntry, PaymentOrder, Settlement
from minassa.ledger.posting import post, require_ground, transfer
from minassa.ledger.recovering import Debt, owed
from minassa.ledger.transfer_file import CURRENCY
from minassa.registry.public import Actor, require

STREAM: Final = "bank"
"""Stream of the journal where files of the bank, and what became of its findings, are told."""
Outcome, Verdict, Waiting = BankEntry.Outcome, Settlement.Verdict, PaymentOrder.State
QUIET: Final = (
    Outcome.ACCEPTED,
    Outcome.REJECTED,
    Outcome.PAID,
    Outcome.RETURNED,
    Outcome.RECEIVED,
    Outcome.REPEATED,
    Outcome.NOT_BOOKED,
)
"""What needs nobody."""
MONEY_IN_DOUBT: Final = (
    Outcome.WRONG_AMOUNT,
    Outcome.WRONG_CURRENCY,
    Outcome.DOUBLE,
    Outcome.NOT_ORDERED,
    Outcome.AFTER_REJECTION,
    Outcome.AFTER_PAYMENT,
    Outcome.RETURN_UNPAID,
    Outcome.RETURN_RECOVERED,
)
"""The bank's account and ours do not agree on an order: nothing more is ordered on its entitlement meanwhile."""
HOLDING: Final = Q(outcome__in=MONEY_IN_DOUBT, settlement__isnull=True)


def findings() -> QuerySet[BankEntry]:
    """What people must still look at, the oldest first."""
    return BankEntry.objects.exclude(outcome__in=QUIET).filter(settlement__isnull=True).order_by("pk")


def one_at_a_time() -> None:
    """Files of the bank are taken in, and findings settled, one after the other.

    They may speak of the same orders, and share the stream of the bank.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"journal:{STREAM}"])


CORRECTED: Final = (Outcome.DOUBLE, Outcome.WRONG_AMOUNT, Outcome.NOT_ORDERED, Outcome.AFTER_REJECTION)
"""Debits of which money may truly have left to the firm of an order, though nobody had ordered it."""


@transaction.atomic
def settle_finding(
    actor: Actor, entry: BankEntry, ground: str, at: datetime, verdict: Settlement.Verdict = Settlement.Verdict.NOTHING
) -> Settlement:
    """Say what a finding was; it holds back nothing any more. Forbidden, LedgerError.

    Nothing is posted, unless money truly left: then the account of the Treasury says so, the firm owes it, and its
    order, when it still waited, counts as rejected, to be ordered again less what is retained.
    """
    require(actor, "bank.read", entry)
    one_at_a_time()
    held = BankEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if held.outcome in QUIET or Settlement.objects.filter(bank_entry=held).exists():
        raise LedgerError(_("Ce mouvement n'attend rien de personne."))
    said = require_ground(ground)
    recovery = _corrected(actor, held, said, at) if verdict == Verdict.MONEY_LEFT else None
    told = {"file": held.file_id, "rank": held.rank, "ground": said, "verdict": verdict}
    append(STREAM, "bank.finding-settled", str(actor), told, at)
    return Settlement.objects.create(
        bank_entry=held, by=str(actor), at=at, ground=said, verdict=verdict, recovery=recovery
    )


def correctable(entry: BankEntry) -> bool:
    """Whether money may truly have left by this movement, to the firm of an order, in dirhams."""
    right = entry.outcome in CORRECTED and entry.debit and entry.currency == CURRENCY
    return right and entry.order_id is not None and bool(entry.amount)


def _corrected(actor: Actor, entry: BankEntry, ground: str, at: datetime) -> Recovery:
    if not correctable(entry) or entry.order is None or entry.amount is None:
        raise LedgerError(_("Ce mouvement ne peut pas s'écrire comme un paiement à l'entreprise d'un ordre."))
    order = PaymentOrder.objects.select_for_update().get(pk=entry.order.pk)
    held = Entitlement.objects.select_for_update().get(pk=order.entitlement_id)
    if entry.outcome == Outcome.WRONG_AMOUNT and order.state in {Waiting.VALIDATED, Waiting.ACCEPTED}:
        _given_up(actor, order, held, at)
    given = Grant(order.number, held.enterprise_id, held.measure, held.budget_year, entry.amount)
    debt = Debt(given, ground, Recovery.Nature.CORRECTION, OperationKind.CORRECTION)
    return owed(actor, debt, f"correction:{entry.pk}", at)


def _given_up(actor: Actor, order: PaymentOrder, held: Entitlement, at: datetime) -> None:
    """The order was not executed as it stood: what it was for is due again."""
    legs = transfer(AccountCode.PAYABLE, AccountCode.ENTITLED, order.net)
    made = operation_on(held, f"{OperationKind.REJECTION}:{order.number}", OperationKind.REJECTION, legs, order.number)
    post(made, str(actor), at)
    PaymentOrder.objects.filter(pk=order.pk).update(state=Waiting.REJECTED)
    Entitlement.objects.filter(pk=held.pk).update(ordered=F("ordered") - order.net)
    tell_settled([Settled(held.reference, 0, What.REJECTED, order.number)], at)
