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


class PlanProposal(models.Model):
    """A plan put to a committee, with the digest of what it gives. Append-only."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(SeatPlan, on_delete=models.PROTECT, related_name="proposals")
    ground = models.TextField()
    digest = models.CharField(max_length=64)
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.plan} · {self.pk}"


class RulingState(models.TextChoices):
    """What became of a plan put to a committee."""

    ADOPTED = "adopted", _("adopté")
    REJECTED = "rejected", _("rejeté")
    WITHDRAWN = "withdrawn", _("retiré")


class PlanRuling(models.Model):
    """What became of a proposal: decided by an item of a session (`sitting`), or taken back. Append-only."""

    proposal = models.OneToOneField(PlanProposal, on_delete=models.PROTECT, related_name="ruling")
    state = models.CharField(max_length=10, choices=RulingState.choices)
    ground = models.CharField(max_length=300, blank=True)
    sitting = models.CharField(max_length=60, blank=True)
    decided_by = models.CharField(max_length=64)
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.proposal} · {self.state}"


class SeatAnswer(models.Model):
    """What a plan gives, or the limits that clash: one answer for each plan. Append-only."""

    plan = models.OneToOneField(SeatPlan, on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=10)
    content = models.JSONField()
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.outcome
