"""A reform as people keep it: its revisions and what is said of it. Nothing here is ever changed."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reform(models.Model):
    """A reform and its permanent link. `copied_from`: the revision that it was duplicated from. Append-only.

    `name`, `changes`, `number`, `revised_at` are those of its last revision, there when `reforms_for` has read it, as
    `comment_count` is.
    """

    name: str
    changes: dict[str, int]
    number: int
    revised_at: datetime
    comment_count: int | None
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("référence"), max_length=20, unique=True)
    drafted_by = models.CharField(max_length=64)
    drafted_at = models.DateTimeField()
    copied_from = models.ForeignKey("Revision", on_delete=models.PROTECT, related_name="copies", null=True, blank=True)

    def __str__(self) -> str:
        return self.reference


class Revision(models.Model):
    """What a reform says from an instant on: its name, why, and where it puts each lever (`changes`, by its code).

    Values are whole: basis points, centimes, months, a month index, 0 or 1. `digest` covers all three. Append-only.
    """

    reform = models.ForeignKey(Reform, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("nom"), max_length=60)
    reasons = models.TextField(blank=True)
    changes = models.JSONField()
    digest = models.CharField(max_length=64)
    written_by = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["reform", "number"], name="reform_revision_once"),)

    def __str__(self) -> str:
        return f"{self.reform_id} r{self.number}"


class Comment(models.Model):
    """What someone says of a reform as a revision has it. Append-only."""

    reform = models.ForeignKey(Reform, on_delete=models.PROTECT, related_name="comments")
    revision = models.PositiveSmallIntegerField()
    text = models.TextField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.reform_id} · {self.pk}"
