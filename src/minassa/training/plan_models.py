"""Plans of seats: what was asked, and what the solver answered. Nothing here is ever changed."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class SeatPlan(models.Model):
    """A plan asked for: its settings (centimes, basis points, edits by hand), the one it follows. Append-only."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("référence"), max_length=20, unique=True)
    name = models.CharField(_("nom"), max_length=60)
    settings = models.JSONField()
    follows = models.ForeignKey("self", on_delete=models.PROTECT, related_name="followers", null=True, blank=True)
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.reference


class SeatAnswer(models.Model):
    """What a plan gives, or the limits that clash: one answer for each plan. Append-only."""

    plan = models.OneToOneField(SeatPlan, on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=10)
    content = models.JSONField()
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.outcome
