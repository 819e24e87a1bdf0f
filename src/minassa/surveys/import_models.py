"""Files of answers brought from another tool: what was found in each, and which instances were taken."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """Where a file stands."""

    PREPARED = "prepared", _("vérifié, pas encore importé")
    TAKEN = "taken", _("importé")


class ImportFile(models.Model):
    """A file as it was read: what is wrong line by line (no answer is quoted), and answers that wait to be taken.

    `rows` is emptied once they are taken: answers stand in their submissions alone. The file itself is not kept.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="import_files")
    tool = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    lines = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    faults = models.JSONField()
    unread = models.JSONField()
    rows = models.JSONField()
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.PREPARED)
    taken = models.PositiveIntegerField(default=0)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"import {self.pk}"


class Instance(models.Model):
    """An answer of another tool that was taken, once. Append-only."""

    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="+")
    instance = models.CharField(max_length=100)
    submission = models.OneToOneField("surveys.Submission", on_delete=models.PROTECT, related_name="instance")
    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["survey", "instance"], name="survey_instance_once"),)

    def __str__(self) -> str:
        return f"{self.survey_id} {self.instance}"
