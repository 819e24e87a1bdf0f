"""The bank accounts of firms, each proposed and confirmed by two hands, and the account that pays. Rows are kept."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minassa.registry.encryption import EncryptedText

SHOWN = 4
"""Last digits of an account that are shown."""


class BankAccount(models.Model):
    """An account on which a firm asks to be paid: whose it is, who proposed it, who confirmed it and on what.

    The RIB is encrypted and never shown whole; `index` tells two of the same apart from others. The last one confirmed
    holds, unless another is proposed since: then nothing is paid.
    """

    class State(models.TextChoices):
        """Where an account stands."""

        PROPOSED = "proposed", _("à confirmer")
        CONFIRMED = "confirmed", _("confirmé")
        REFUSED = "refused", _("refusé")
        REPLACED = "replaced", _("remplacé avant d'être confirmé")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="bank_accounts")
    holder = models.CharField(max_length=140)
    rib = EncryptedText()
    index = models.CharField(max_length=32)
    bank = models.CharField(max_length=3)
    last4 = models.CharField(max_length=SHOWN)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)
    certificate = models.CharField(max_length=120, blank=True)
    ground = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(state="proposed"), name="account_one_proposed_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | (~Q(certificate="") & ~Q(decided_by=F("proposed_by"))),
                name="account_confirmed_by_another_hand",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | (~Q(decided_by="") & Q(decided_at__isnull=False)),
                name="account_decided_by_somebody",
            ),
        )
        indexes = (models.Index(fields=["enterprise", "-id"], name="account_by_enterprise"),)

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """The account as it is shown: its bank and its last digits."""
        return masked(self.bank, self.last4)


class PayingAccount(models.Model):
    """The account from which the State pays; the last row holds. Append-only."""

    name = models.CharField(max_length=70)
    rib = EncryptedText()
    bank = models.CharField(max_length=3)
    last4 = models.CharField(max_length=SHOWN)
    set_by = models.CharField(max_length=64)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.masked}"

    @property
    def masked(self) -> str:
        """The account as it is shown: its bank and its last digits."""
        return masked(self.bank, self.last4)


def masked(bank: str, last4: str) -> str:
    """A RIB of which only the bank and the last digits are shown."""
    return f"{bank} ••• {last4}"
