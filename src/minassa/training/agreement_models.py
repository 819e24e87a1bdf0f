"""Agreements between a firm and a training body: hires promised against cohorts."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minassa.registry.models import Enterprise


class AgreementKind(models.TextChoices):
    """In what frame a cohort is trained for a firm."""

    TALENT_FACTORY = "talent_factory", _("Talent Factory")
    ALTERNANCE = "alternance", _("alternance")
    BOOTCAMP = "bootcamp", _("bootcamp")


class Agreement(models.Model):
    """A firm promises hires among the graduates of a cohort; `cost` in centimes, null when unknown. Append-only."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("référence"), max_length=20, unique=True)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="training_agreements")
    kind = models.CharField(_("cadre"), max_length=20, choices=AgreementKind.choices)
    provider = models.CharField(max_length=40)
    programme = models.CharField(max_length=40)
    cohort = models.CharField(max_length=40)
    promised_hires = models.PositiveIntegerField(_("embauches promises"))
    cost = models.BigIntegerField(null=True)
    signed_on = models.DateField()
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(promised_hires__gt=0), name="agreement_promises"),)

    def __str__(self) -> str:
        return self.reference
