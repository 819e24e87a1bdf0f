"""What the bank said that people must look at, and what holds back further payments until somebody has settled it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.ledger.errors import LedgerError
from minassa.ledger.payment_models import BankEntry, Settlement
from minassa.ledger.posting import require_ground
from minassa.registry.public import Actor, require

Outcome = BankEntry.Outcome
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


@transaction.atomic
def settle_finding(actor: Actor, entry: BankEntry, ground: str, at: datetime) -> Settlement:
    """Say what a finding was; it holds back nothing any more, and no posting is made. Forbidden, LedgerError."""
    require(actor, "bank.read", entry)
    held = BankEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if held.outcome in QUIET or Settlement.objects.filter(bank_entry=held).exists():
        raise LedgerError(_("Ce mouvement n'attend rien de personne."))
    said = require_ground(ground)
    append("bank", "bank.finding-settled", str(actor), {"file": held.file_id, "rank": held.rank, "ground": said}, at)
    return Settlement.objects.create(bank_entry=held, by=str(actor), at=at, ground=said)
