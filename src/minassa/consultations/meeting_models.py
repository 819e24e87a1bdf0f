"""Events that firms are invited to: who comes, who came."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Meeting(models.Model):
    """An event: its day, its place, how many firms it holds. It never changes."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=160)
    said = models.TextField(blank=True)
    on = models.DateField()
    place = models.CharField(max_length=120)
    capacity = models.PositiveIntegerField()
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.uuid)


class Presence(models.TextChoices):
    """Where a firm stands before an event, then after."""

    COMING = "coming", _("inscrite")
    CANCELLED = "cancelled", _("désinscrite")
    CAME = "came", _("venue")
    ABSENT = "absent", _("absente")


class Attendance(models.Model):
    """A firm and an event: whether it comes, whether it came."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="meetings")
    state = models.CharField(max_length=10, choices=Presence.choices)
    version = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "enterprise"], name="meeting_attended_once"),)

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.enterprise_id}"
