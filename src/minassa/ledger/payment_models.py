"""Batches of payment orders, files that came from the bank, and each thing that the bank said."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minassa.registry.encryption import EncryptedText


class PaymentBatch(models.Model):
    """Orders proposed by one and validated by another; one file, written at validation, always the same."""

    class State(models.TextChoices):
        """Where a batch stands."""

        PROPOSED = "proposed", _("proposé")
        VALIDATED = "validated", _("validé")
        REFUSED = "refused", _("refusé")
        SENT = "sent", _("transmis à la banque")

    number = models.CharField(max_length=20, unique=True)
    key = models.CharField(max_length=100, unique=True)
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    payer_name = models.CharField(max_length=70)
    payer_rib = EncryptedText()
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=300, blank=True)
    file = EncryptedText(blank=True)
    file_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(decided_by=F("proposed_by")), name="batch_maker_is_not_checker"),
            models.CheckConstraint(
                condition=Q(state="proposed") | (~Q(decided_by="") & Q(decided_at__isnull=False)),
                name="batch_decided_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return self.number


class PaymentOrder(models.Model):
    """An order to pay a firm: `gross` leaves the entitlement, `set_off` is retained, the rest is transferred."""

    class State(models.TextChoices):
        """Where an order stands."""

        PROPOSED = "proposed", _("proposé")
        REFUSED = "refused", _("refusé")
        VALIDATED = "validated", _("validé")
        ACCEPTED = "accepted", _("accepté par la banque")
        PAID = "paid", _("payé")
        SET_OFF = "set_off", _("retenu en entier")
        REJECTED = "rejected", _("rejeté par la banque")
        RETURNED = "returned", _("payé puis revenu")

    number = models.CharField(max_length=20, unique=True)
    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, related_name="orders")
    entitlement = models.ForeignKey("ledger.Entitlement", on_delete=models.PROTECT, related_name="orders")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    gross = models.BigIntegerField()
    set_off = models.BigIntegerField(default=0)
    beneficiary = models.CharField(max_length=140)
    rib = EncryptedText()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(gross__gt=0) & Q(set_off__gte=0) & Q(set_off__lte=F("gross")), name="order_amounts"
            ),
        )
        indexes = (models.Index(fields=["state", "id"], name="order_by_state"),)

    def __str__(self) -> str:
        return self.number

    @property
    def net(self) -> int:
        """What is transferred. Centimes."""
        return self.gross - self.set_off


class Retention(models.Model):
    """The part of an order that settles a recovery. Append-only."""

    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="retentions")
    recovery = models.ForeignKey("ledger.Recovery", on_delete=models.PROTECT, related_name="retentions")
    amount = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["order", "recovery"], name="retention_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="retention_above_zero"),
        )

    def __str__(self) -> str:
        return f"{self.order_id} {self.amount}"


class BankFile(models.Model):
    """A file that came from the bank, known by its digest: the same one received again has no effect."""

    digest = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    message = models.CharField(max_length=30, blank=True)
    message_id = models.CharField(max_length=35, blank=True)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=64)
    refusal = models.CharField(max_length=40, blank=True)
    content = EncryptedText(blank=True)

    def __str__(self) -> str:
        return f"{self.message} {self.message_id}"


class BankEntry(models.Model):
    """One thing that the bank said, and what became of it; written once, with its file."""

    class Outcome(models.TextChoices):
        """What became of it. All but the first six are findings: people must look at them."""

        ACCEPTED = "accepted", _("ordre accepté")
        REJECTED = "rejected", _("ordre rejeté")
        PAID = "paid", _("paiement rapproché de son ordre")
        RETURNED = "returned", _("retour de fonds rapproché de son ordre")
        RECEIVED = "received", _("somme rendue par une entreprise")
        REPEATED = "repeated", _("déjà connu, sans effet")
        UNKNOWN = "unknown", _("référence inconnue")
        NO_REFERENCE = "no_reference", _("mouvement sans référence")
        WRONG_AMOUNT = "wrong_amount", _("montant différent de celui de l'ordre")
        WRONG_CURRENCY = "wrong_currency", _("monnaie autre que le dirham")
        DOUBLE = "double", _("second paiement annoncé pour un même ordre")
        NOT_ORDERED = "not_ordered", _("paiement d'un ordre qui n'était pas transmis")
        AFTER_REJECTION = "after_rejection", _("paiement annoncé après un rejet")
        AFTER_PAYMENT = "after_payment", _("rejet annoncé après un paiement")
        RETURN_UNPAID = "return_unpaid", _("retour de fonds d'un ordre qui n'était pas payé")
        RETURN_RECOVERED = "return_recovered", _("retour de fonds d'une somme déjà à rendre")
        MORE_THAN_DUE = "more_than_due", _("somme rendue plus grande que ce qui est dû")
        NOT_BOOKED = "not_booked", _("mouvement annoncé, pas encore comptabilisé")
        UNREADABLE = "unreadable", _("mouvement illisible")

    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="entries")
    rank = models.PositiveIntegerField()
    reference = models.CharField(max_length=35, blank=True)
    end_to_end_id = models.CharField(max_length=35, blank=True)
    amount = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    debit = models.BooleanField(default=False)
    booked_on = models.DateField(null=True)
    reason = models.CharField(max_length=35, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    order = models.ForeignKey(PaymentOrder, null=True, on_delete=models.PROTECT, related_name="bank_entries")
    recovery = models.ForeignKey("ledger.Recovery", null=True, on_delete=models.PROTECT, related_name="bank_entries")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["file", "rank"], name="bank_entry_once"),
            models.UniqueConstraint(fields=["order"], condition=Q(outcome="paid"), name="order_paid_once"),
            models.UniqueConstraint(fields=["order"], condition=Q(outcome="returned"), name="order_returned_once"),
            models.UniqueConstraint(fields=["order"], condition=Q(outcome="rejected"), name="order_rejected_once"),
            models.UniqueConstraint(
                fields=["reference"], condition=Q(outcome="received") & ~Q(reference=""), name="receipt_once"
            ),
        )
        indexes = (models.Index(fields=["outcome", "id"], name="bank_entry_by_outcome"),)

    def __str__(self) -> str:
        return f"{self.outcome} {self.end_to_end_id}"


class Settlement(models.Model):
    """Somebody looked at a finding and said what it was: it holds back nothing any more. Append-only.

    `recovery`: what the firm gives back by it, when money had left that was ordered by nobody.
    """

    class Verdict(models.TextChoices):
        """What a finding was."""

        NOTHING = "nothing", _("aucun argent n'a bougé, ou la banque l'a corrigé elle-même")
        MONEY_LEFT = "money_left", _("l'argent est parti : l'entreprise le rend")

    bank_entry = models.OneToOneField(BankEntry, on_delete=models.PROTECT, related_name="settlement")
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    ground = models.CharField(max_length=300)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.NOTHING)
    recovery = models.OneToOneField("ledger.Recovery", null=True, on_delete=models.PROTECT, related_name="settlement")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(ground=""), name="settlement_has_a_ground"),
            models.CheckConstraint(
                condition=Q(verdict="money_left", recovery__isnull=False)
                | (~Q(verdict="money_left") & Q(recovery__isnull=True)),
                name="settlement_says_what_comes_back",
            ),
        )

    def __str__(self) -> str:
        return f"{self.bank_entry_id}"
