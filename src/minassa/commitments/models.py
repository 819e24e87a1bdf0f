"""Recommendations as people draft, propose and decide them; what is told of a commitment as it goes."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecommendationState(models.TextChoices):
    """Where a recommendation stands."""

    DRAFT = "draft", _("en préparation")
    PROPOSED = "proposed", _("proposée au comité")
    ADOPTED = "adopted", _("adoptée")
    REJECTED = "rejected", _("rejetée")
    WITHDRAWN = "withdrawn", _("abandonnée")


class Level(models.TextChoices):
    """Who a recommendation is for, after STED."""

    POLICY = "policy", _("politique publique")
    INSTITUTION = "institution", _("institutions")
    ENTERPRISE = "enterprise", _("entreprises")


class Recommendation(models.Model):
    """A recommendation in the columns of STED roadmaps, and where it stands; adopted, it is a commitment.

    `origins`: where it comes from, each a kind and a universal number, never a firm. `indicator` and `filters` say by
    what it will be measured; `target_value` is in the unit of the indicator, `cost_cents` in centimes; both None when
    unknown. Its content is frozen from the proposal on.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("référence"), max_length=20, unique=True)
    action = models.CharField(_("action"), max_length=200)
    reasons = models.TextField(blank=True)
    level = models.CharField(max_length=12, choices=Level.choices)
    lead = models.CharField(_("chef de file"), max_length=40)
    partners = models.CharField(_("partenaires"), max_length=200, blank=True)
    duration_months = models.PositiveSmallIntegerField(null=True, blank=True)
    cost_cents = models.BigIntegerField(null=True, blank=True)
    indicator = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    filters = models.JSONField(default=dict)
    target_value = models.BigIntegerField(null=True, blank=True)
    since_month = models.IntegerField()
    due_month = models.IntegerField()
    origins = models.JSONField(default=list)
    synthetic = models.BooleanField(default=False)
    drafted_by = models.CharField(max_length=64)
    drafted_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=RecommendationState.choices, default=RecommendationState.DRAFT, db_index=True
    )
    proposed_by = models.CharField(max_length=64, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    sitting = models.CharField(max_length=60, blank=True)
    decision = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.reference

    @property
    def code(self) -> str:
        """Under which it is followed as a commitment: its reference in small letters."""
        return self.reference.lower()


class Followup(models.Model):
    """What who answers for a commitment says of it on a day: its next step and term, evidence. Append-only.

    No value is typed here: the measured value is that of the indicator.
    """

    code = models.CharField(max_length=40, db_index=True)
    next_step = models.CharField(max_length=300, blank=True)
    next_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    evidence_url = models.URLField(max_length=400, blank=True)
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.code} · {self.pk}"
