"""The register of derogations: what each covers, until when, which session decided it, what use was made of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Derogation(models.Model):
    """An exception granted to one firm, for a condition of a measure, from a day to another.

    An empty `measure` covers all of them; a `place` of 0, every place. What was granted is never changed.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("référence"), max_length=30, unique=True)
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="derogations")
    item = models.OneToOneField("governance.Item", on_delete=models.PROTECT, related_name="derogation")
    measure = models.CharField(max_length=20, blank=True)
    condition = models.CharField(max_length=60)
    place = models.SmallIntegerField(default=0)
    reason = models.TextField()
    starts = models.DateField()
    ends = models.DateField()
    granted_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="derogation_ends"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="derogation_has_a_reason"),
        )
        indexes = (models.Index(fields=["enterprise", "ends"], name="derogation_by_enterprise"),)

    def __str__(self) -> str:
        return self.reference


class DerogationUse(models.Model):
    """Something was granted thanks to a derogation: what, on which day, by whom. Append-only."""

    derogation = models.ForeignKey(Derogation, on_delete=models.PROTECT, related_name="uses")
    reference = models.CharField(max_length=60)
    day = models.DateField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["derogation", "reference"], name="derogation_used_once_for"),)

    def __str__(self) -> str:
        return f"{self.derogation_id} {self.reference}"
