"""What became of commitments: values read from declarations at each period, and what firms declare themselves."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeasureStatus(models.TextChoices):
    """How a commitment stands at a period."""

    ON_THE_WAY = "on_the_way", _("sur la voie")
    LATE = "late", _("en retard")
    MET = "met", _("tenu")
    MISSED = "missed", _("non tenu")
    UNMEASURED = "unmeasured", _("pas encore mesuré")


class Basis(models.TextChoices):
    """What a value rests on."""

    COMPUTED = "computed", _("calculé sur les déclarations")
    DECLARED = "declared", _("déclaré par l'entreprise, pièce à l'appui")


class Measure(models.Model):
    """The value of a commitment at the end of a month, beside its path. Append-only: another value is another rank.

    Counts or centimes. `as_of_month`: the month that the value itself bears on (the closing of the fiscal year).
    `run`, `versions`, `offer_digest`, `affiliations` say what it was made of, so that it can be made again.
    """

    commitment = models.ForeignKey("conventions.Commitment", on_delete=models.PROTECT, related_name="measures")
    convention = models.ForeignKey("conventions.Convention", on_delete=models.PROTECT, related_name="measures")
    number = models.PositiveSmallIntegerField()
    month = models.IntegerField()
    rank = models.PositiveSmallIntegerField()
    as_of_month = models.IntegerField(null=True)
    value = models.BigIntegerField(null=True)
    path = models.BigIntegerField()
    gap = models.BigIntegerField(null=True)
    status = models.CharField(max_length=10, choices=MeasureStatus.choices)
    basis = models.CharField(max_length=10, choices=Basis.choices)
    law_status = models.CharField(max_length=10, blank=True)
    run = models.CharField(max_length=60)
    versions = models.JSONField()
    offer_digest = models.CharField(max_length=64)
    affiliations = models.JSONField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["convention", "number", "month", "rank"], name="measure_once"),)

    def __str__(self) -> str:
        return f"{self.convention_id}/{self.number} {self.month}"


class Declared(models.Model):
    """What the firm says it did for a commitment no declaration measures: centimes invested, an event. Append-only.

    `document_digest` is the SHA-256 of the document behind it, kept by the firm; a correction is another row, below
    zero if need be.
    """

    convention = models.ForeignKey("conventions.Convention", on_delete=models.PROTECT, related_name="declared")
    number = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    on = models.DateField()
    title = models.CharField(max_length=200)
    document_digest = models.CharField(max_length=64)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~models.Q(amount=0), name="declared_is_something"),
            models.UniqueConstraint(fields=["convention", "number", "document_digest"], name="declared_once"),
        )

    def __str__(self) -> str:
        return f"{self.convention_id}/{self.number} {self.on}"
