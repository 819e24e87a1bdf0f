"""Envelopes of credits, what changed them, and what firms are entitled to. Counters stand under constraints."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Envelope(models.Model):
    """Credits of a measure, for a year, in the hands of a body (its code). Centimes."""

    measure = models.CharField(max_length=30)
    budget_year = models.PositiveSmallIntegerField()
    body = models.SlugField(max_length=30)
    authorised = models.BigIntegerField()
    committed = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["measure", "budget_year", "body"], name="envelope_once"),
            models.CheckConstraint(
                condition=Q(committed__gte=0) & Q(committed__lte=F("authorised")), name="envelope_not_passed"
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} {self.budget_year} {self.body}"


class EnvelopeChange(models.Model):
    """What opened or changed an envelope: how, by how many centimes, on which ground. Append-only."""

    class Kind(models.TextChoices):
        """The typed ways in which credits move."""

        OPENED = "opened", _("crédits ouverts")
        INCREASED = "increased", _("crédits augmentés")
        REDUCED = "reduced", _("crédits réduits")
        CARRIED_OUT = "carried_out", _("crédits reportés vers l'année suivante")
        CARRIED_IN = "carried_in", _("crédits reportés de l'année précédente")
        RESTORED = "restored", _("crédits rétablis par une somme rendue")

    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    amount = models.BigIntegerField()
    ground = models.CharField(max_length=300)
    transaction = models.OneToOneField("ledger.Transaction", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="envelope_change_above_zero"),
            models.CheckConstraint(condition=~Q(ground=""), name="envelope_change_has_a_ground"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class Entitlement(models.Model):
    """What a decision gives a firm, and how far it has gone. Centimes; `settled` is paid or set off.

    `reference` is that of the decision, opaque here. The counters repeat the postings, so that the database can refuse
    by a constraint what would pass them; `check_ledger` compares both. `cancelled` was recognised and is no longer;
    `awaits_credits`: what is not committed waits for credits, and is committed as soon as there are some.
    """

    class Nature(models.TextChoices):
        """What the firm receives."""

        RIGHT = "right", _("droit")
        ADVANCE = "advance", _("avance")

    reference = models.CharField(max_length=60, unique=True)
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=30)
    budget_year = models.PositiveSmallIntegerField()
    body = models.SlugField(max_length=30)
    nature = models.CharField(max_length=8, choices=Nature.choices, default=Nature.RIGHT)
    amount = models.BigIntegerField()
    cancelled = models.BigIntegerField(default=0)
    committed = models.BigIntegerField(default=0)
    ordered = models.BigIntegerField(default=0)
    settled = models.BigIntegerField(default=0)
    suspended = models.BigIntegerField(default=0)
    recovered = models.BigIntegerField(default=0)
    awaits_credits = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gt=0)
                & Q(cancelled__gte=0)
                & Q(committed__lte=F("amount") - F("cancelled"))
                & Q(ordered__lte=F("committed"))
                & Q(settled__lte=F("ordered"))
                & Q(settled__gte=0)
                & Q(recovered__gte=0)
                & Q(recovered__lte=F("settled")),
                name="entitlement_in_order",
            ),
            models.CheckConstraint(
                condition=Q(suspended__gte=0) & Q(suspended__lte=F("amount") - F("cancelled") - F("ordered")),
                name="entitlement_suspends_what_is_left",
            ),
        )
        indexes = (
            models.Index(fields=["id"], condition=Q(awaits_credits=True), name="entitlement_awaits_credits"),
            models.Index(fields=["enterprise", "id"], name="entitlement_by_enterprise"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def payable(self) -> int:
        """What may still be ordered: committed, not ordered yet, not suspended. Centimes."""
        return min(self.committed - self.ordered, self.cancellable)

    @property
    def cancellable(self) -> int:
        """What was recognised and is neither cancelled, nor ordered, nor suspended. Centimes."""
        return self.amount - self.cancelled - self.ordered - self.suspended

    @property
    def awaiting(self) -> int:
        """What was recognised and is not committed. Centimes."""
        return self.amount - self.cancelled - self.committed

    @property
    def due(self) -> int:
        """What the State still owes: neither cancelled nor settled. Centimes."""
        return self.amount - self.cancelled - self.settled


class Recovery(models.Model):
    """What a firm gives back. Centimes; `reserved` is what proposed orders will retain, `settled` what came back.

    `reference` is that of the decision by which it was paid, or by which it is owed; without an entitlement it stands
    alone. The months are those of the formula, none when the amount was known without it.
    """

    class Nature(models.TextChoices):
        """Why it comes back."""

        RECOVERY = "recovery", _("somme à rendre")
        IMPUTATION = "imputation", _("avance à imputer")
        CORRECTION = "correction", _("payée de trop")

    number = models.CharField(max_length=20, unique=True)
    reference = models.CharField(max_length=60)
    nature = models.CharField(max_length=10, choices=Nature.choices, default=Nature.RECOVERY)
    measure = models.CharField(max_length=30)
    budget_year = models.PositiveSmallIntegerField()
    entitlement = models.ForeignKey(Entitlement, null=True, on_delete=models.PROTECT, related_name="recoveries")
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    reserved = models.BigIntegerField(default=0)
    settled = models.BigIntegerField(default=0)
    months_kept = models.PositiveSmallIntegerField(null=True)
    months_required = models.PositiveSmallIntegerField(null=True)
    ground = models.CharField(max_length=300)
    transaction = models.OneToOneField("ledger.Transaction", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gt=0)
                & Q(reserved__gte=0)
                & Q(settled__gte=0)
                & Q(settled__lte=F("amount") - F("reserved")),
                name="recovery_within_what_is_due",
            ),
        )
        indexes = (
            models.Index(fields=["enterprise", "id"], name="recovery_by_enterprise"),
            models.Index(fields=["reference", "id"], name="recovery_by_reference"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def due(self) -> int:
        """What is still to come back and no proposed order will retain. Centimes."""
        return self.amount - self.settled - self.reserved


class Instalment(models.Model):
    """A part of a recovery and the day by which it is due, in a plan numbered from 1; the last plan holds."""

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="instalments")
    plan = models.PositiveSmallIntegerField()
    rank = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["recovery", "plan", "rank"], name="instalment_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_above_zero"),
        )

    def __str__(self) -> str:
        return f"{self.due_on} {self.amount}"
