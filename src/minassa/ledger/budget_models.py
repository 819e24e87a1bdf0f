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
    by a constraint what would pass them; `check_ledger` compares both.
    """

    reference = models.CharField(max_length=60, unique=True)
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=30)
    budget_year = models.PositiveSmallIntegerField()
    body = models.SlugField(max_length=30)
    amount = models.BigIntegerField()
    committed = models.BigIntegerField(default=0)
    ordered = models.BigIntegerField(default=0)
    settled = models.BigIntegerField(default=0)
    suspended = models.BigIntegerField(default=0)
    recovered = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gt=0)
                & Q(committed__lte=F("amount"))
                & Q(ordered__lte=F("committed"))
                & Q(settled__lte=F("ordered"))
                & Q(settled__gte=0)
                & Q(recovered__gte=0)
                & Q(recovered__lte=F("settled")),
                name="entitlement_in_order",
            ),
            models.CheckConstraint(
                condition=Q(suspended__gte=0) & Q(suspended__lte=F("amount") - F("ordered")),
                name="entitlement_suspends_what_is_left",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def payable(self) -> int:
        """What may still be ordered: committed, not ordered yet, not suspended. Centimes."""
        return min(self.committed - self.ordered, self.amount - self.ordered - self.suspended)


class Recovery(models.Model):
    """What a firm gives back. Centimes; `reserved` is what proposed orders will retain, `settled` what came back."""

    number = models.CharField(max_length=20, unique=True)
    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="recoveries")
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    reserved = models.BigIntegerField(default=0)
    settled = models.BigIntegerField(default=0)
    months_kept = models.PositiveSmallIntegerField()
    months_required = models.PositiveSmallIntegerField()
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
        indexes = (models.Index(fields=["enterprise", "id"], name="recovery_by_enterprise"),)

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
