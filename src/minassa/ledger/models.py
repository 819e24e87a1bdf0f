"""The rows of the ledger, gathered for Django."""

from __future__ import annotations

from minassa.ledger.account_models import BankAccount, PayingAccount
from minassa.ledger.budget_models import Entitlement, Envelope, EnvelopeChange, Instalment, Recovery
from minassa.ledger.payment_models import BankEntry, BankFile, PaymentBatch, PaymentOrder, Retention, Settlement
from minassa.ledger.posting_models import Posting, Transaction

__all__ = [
    "BankAccount",
    "BankEntry",
    "BankFile",
    "Entitlement",
    "Envelope",
    "EnvelopeChange",
    "Instalment",
    "PayingAccount",
    "PaymentBatch",
    "PaymentOrder",
    "Posting",
    "Recovery",
    "Retention",
    "Settlement",
    "Transaction",
]
