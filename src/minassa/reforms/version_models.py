"""What leads from a reform to a version of the offer: a proposal put to a committee, and what an adoption leaves."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minassa.reforms.reform_models import Revision


class ProposalState(models.TextChoices):
    """Where a proposal stands."""

    PROPOSED = "proposed", _("proposée au comité")
    ADOPTED = "adopted", _("adoptée")
    REJECTED = "rejected", _("rejetée")
    WITHDRAWN = "withdrawn", _("retirée")


class Proposal(models.Model):
    """A revision put to a committee, to hold from the first day of a month on. Frozen but for what becomes of it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="proposals")
    effective_on = models.DateField()
    ground = models.TextField()
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["revision"], condition=Q(state="proposed"), name="reform_proposed_once_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.revision} · {self.pk}"


class Version(models.Model):
    """A version of the offer that a committee made: what it changes, from which day, by which item of which session.

    `patch` holds figures and conditions as a written reform does; `digest` is that of the whole offer once changed.
    Versions follow each other: each bears on those before. Append-only.
    """

    number = models.PositiveIntegerField(unique=True)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="version")
    name = models.CharField(max_length=60)
    effective_on = models.DateField()
    sitting = models.CharField(max_length=60)
    patch = models.JSONField()
    digest = models.CharField(max_length=64)
    enacted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number} · {self.sitting}"
