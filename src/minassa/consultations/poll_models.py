"""A question put to every firm, and the choice of each."""

from __future__ import annotations

import uuid

from django.db import models


class Poll(models.Model):
    """A question with its choices in three languages, open from a day to another. It never changes.

    `titles`: {fr, ar, en}; `choices`: a list of {code, fr, ar, en}, in the order shown.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    titles = models.JSONField()
    choices = models.JSONField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.uuid)


class Vote(models.Model):
    """The choice of a firm. Append-only: a change is another row, and the last one counts."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="votes")
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="poll_votes")
    number = models.PositiveSmallIntegerField()
    choice = models.SlugField(max_length=40)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["poll", "enterprise", "number"], name="poll_vote_once"),)

    def __str__(self) -> str:
        return f"{self.poll_id}/{self.enterprise_id}/{self.number}"
