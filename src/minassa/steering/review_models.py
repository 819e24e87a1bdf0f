"""The review of a year of the contract-programme, as it was made of a run. Never changed."""

from __future__ import annotations

import uuid

from django.db import models


class YearlyReview(models.Model):
    """What was promised, measured and told at the end of a year, under its digest. Append-only.

    `content`: plain data (`steering.commitments.reviewing`); `run`: the name of the run that its values are of.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    year = models.PositiveSmallIntegerField()
    run = models.CharField(max_length=60)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    synthetic = models.BooleanField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["-year", "-at"], name="review_of_year"),)

    def __str__(self) -> str:
        return f"{self.year} · {self.run}"
