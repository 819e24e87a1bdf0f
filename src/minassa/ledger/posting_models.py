"""Transactions and their postings: written once; the database itself refuses one that does not sum to zero."""

from __future__ import annotations

from django.db import models

from minassa.ledger.chart import AccountCode, OperationKind


class Transaction(models.Model):
    """One operation: what, when, who, about what, and the entry of the journal that tells it. Append-only."""

    key = models.CharField(max_length=100, unique=True)
    fingerprint = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=OperationKind.choices)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    enterprise = models.ForeignKey("registry.Enterprise", null=True, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=30)
    budget_year = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=100)
    ground = models.CharField(max_length=300, blank=True)
    entry = models.ForeignKey("journal.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["subject", "id"], name="transaction_by_subject"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Posting(models.Model):
    """An amount on an account, in centimes: above zero a debit, below a credit. Append-only."""

    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, related_name="postings")
    account = models.CharField(max_length=20, choices=AccountCode.choices)
    amount = models.BigIntegerField()
    enterprise = models.ForeignKey("registry.Enterprise", null=True, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=30)
    budget_year = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=~models.Q(amount=0), name="posting_not_empty"),)
        indexes = (models.Index(fields=["enterprise", "account", "at"], name="posting_by_account"),)

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"
