"""The shortage list in its versions: computed, proposed, decided by a committee."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ListState(models.TextChoices):
    """Where a list stands; one in force follows from the adopted ones and the day."""

    PROPOSED = "proposed", _("proposée")
    ADOPTED = "adopted", _("adoptée")
    REJECTED = "rejected", _("rejetée")


class ShortageList(models.Model):
    """Occupations in shortage by region, computed from a run. Frozen but for what the committee makes of it.

    `entries`: occupation (ISCO-08, four digits), region, class, interval and point of the gap, people in post before.
    `criteria`: as they were, each with its status and note. `number`: of the adopted ones, from 1.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField(unique=True, null=True)
    effective_on = models.DateField(_("vaut à partir du"))
    run = models.CharField(max_length=60)
    until = models.IntegerField()
    cube_digest = models.CharField(max_length=64)
    criteria = models.JSONField()
    entries = models.JSONField()
    digest = models.CharField(max_length=64)
    synthetic = models.BooleanField()
    ground = models.TextField(_("motif"))
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ListState, default=ListState.PROPOSED)
    decision_ground = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state="proposed") ^ Q(decided_at__isnull=False), name="visa_list_decided_at"
            ),
            models.CheckConstraint(condition=~(Q(state="adopted") ^ Q(number__isnull=False)), name="visa_list_number"),
        )

    def __str__(self) -> str:
        return f"liste {self.number or self.pk}"
