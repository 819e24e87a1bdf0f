"""Hearings: who was heard, the points of the minutes, the other hand that approved them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class Hearing(models.Model):
    """A hearing: a firm of the register, or a body by its code. Its minutes stand once another hand approved them."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=160)
    on = models.DateField()
    enterprise = models.ForeignKey(
        "registry.Enterprise", null=True, blank=True, on_delete=models.PROTECT, related_name="hearings"
    )
    body = models.CharField(max_length=40, blank=True)
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    approved_by = models.CharField(max_length=64, blank=True)
    approved_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(enterprise__isnull=False, body="") | (Q(enterprise__isnull=True) & ~Q(body="")),
                name="hearing_of_one",
            ),
        )

    def __str__(self) -> str:
        return str(self.uuid)


class HearingPoint(models.Model):
    """A point of the minutes, which a recommendation may come from. It never changes."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="points")
    rank = models.PositiveSmallIntegerField()
    said = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["hearing", "rank"], name="hearing_point_once"),)

    def __str__(self) -> str:
        return f"{self.hearing_id}/{self.rank}"
