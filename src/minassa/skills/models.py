"""Proposals on the reference with what is said of them, and its dated versions."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ProposalState(models.TextChoices):
    """Where a proposal stands."""

    PROPOSED = "proposed", _("en discussion")
    ACCEPTED = "accepted", _("retenue")
    REJECTED = "rejected", _("écartée")
    WITHDRAWN = "withdrawn", _("retirée")


class Proposal(models.Model):
    """New values for fields of an entry, or a whole new entry, with a reason. Frozen but for what becomes of it.

    `before` holds the values that stood when it was made; empty for a new entry.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=12)
    before = models.JSONField()
    values = models.JSONField()
    reason = models.TextField()
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state="proposed") ^ Q(decided_at__isnull=False), name="reference_proposal_decided_at"
            ),
        )
        indexes = (models.Index(fields=["state", "-id"], name="reference_proposal_by_state"),)

    def __str__(self) -> str:
        return f"{self.code} · {self.pk}"


class Remark(models.Model):
    """What someone says of a proposal. Append-only."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.proposal_id} · {self.pk}"


class Voice(models.Model):
    """The voice of a member of the commission, for or against, with its ground. Append-only, one each."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="voices")
    favour = models.BooleanField()
    ground = models.TextField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["proposal", "by"], name="reference_voice_once"),)

    def __str__(self) -> str:
        return f"{self.proposal_id} · {self.pk}"


class Version(models.Model):
    """The whole reference from a day on, with the proposals that it holds for the first time. Append-only."""

    number = models.PositiveIntegerField(unique=True)
    effective_on = models.DateField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    proposals = models.JSONField()
    published_by = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number} · {self.effective_on}"
