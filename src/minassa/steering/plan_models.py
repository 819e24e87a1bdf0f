"""Plans of premiums that people ask of the optimiser: what was asked, how far it is, what it found."""

from __future__ import annotations

import uuid

from django.db import models


class PremiumPlan(models.Model):
    """A plan asked for, at its permanent address. What was asked never changes; what was found is written once.

    `wish`: the budget of a year in centimes and the limits in basis points. `step` of `steps` while a worker is at it,
    under a lease until `leased_until`. Made, it has its `run`, its `found` (see `plans.making`) or why there is none.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    wish = models.JSONField()
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    run = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    found = models.JSONField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["asked_at"], condition=models.Q(made_at__isnull=True), name="premium_plan_to_make"),
        )

    def __str__(self) -> str:
        return str(self.uuid)
