"""Who wants to be told of alerts by e-mail, and the letters owed to them: one for each person and each crossing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from minassa.registry.models import Account
from minassa.steering.vintage_models import Alert


class AlertSubscription(models.Model):
    """An account that wants a letter at each crossing of a threshold; no row: it wants none."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="alert_subscription")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"account:{self.account_id}"


class AlertLetter(models.Model):
    """A letter owed to an account for an alert raised or cleared.

    `taken_at`: a worker holds it, or died while it did: whether it left is not known then, and it never leaves again.
    `dropped_at`: it was given up, for `last_error` (no right any more, address refused, tried too often).
    """

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="letters")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="alert_letters")
    due_at = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=60, default="", blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["alert", "account"], name="alert_letter_once"),)
        indexes = (
            models.Index(
                fields=["due_at"],
                name="alert_letter_owed",
                condition=Q(taken_at__isnull=True, sent_at__isnull=True, dropped_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"alert:{self.alert_id} account:{self.account_id}"
