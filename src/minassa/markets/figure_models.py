"""Figures of markets, each with its source; a later one takes the place of an earlier one, which stays."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Segment(models.TextChoices):
    """What is sold abroad."""

    OFFSHORING = "offshoring", _("offshoring")
    SME = "sme", _("solutions de PME")
    STARTUP = "startup", _("start-up à l'étranger")


class FileState(models.TextChoices):
    """Where a file of figures stands."""

    READ = "read", _("lu, rien n'est entré")
    ENTERED = "entered", _("entré")


class FigureFile(models.Model):
    """A file of figures as it was read. Its good rows wait in `rows` until somebody confirms them."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=FileState.choices, default=FileState.READ)
    lines = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField()
    findings = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["digest"], condition=models.Q(state="entered"), name="market_file_entered_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.uuid)


class Figure(models.Model):
    """A figure of a market for a criterion and a year. Append-only.

    `value`: ten-thousandths of the unit of the criterion. `line`: its line in the file that brought it. The last one
    of a market, segment, criterion and year counts.
    """

    file = models.ForeignKey(FigureFile, on_delete=models.PROTECT, related_name="figures")
    line = models.PositiveIntegerField()
    market = models.CharField(max_length=2)
    segment = models.CharField(max_length=12, choices=Segment.choices)
    year = models.PositiveSmallIntegerField()
    criterion = models.SlugField(max_length=40)
    value = models.BigIntegerField()
    source_title = models.CharField(max_length=300)
    source_url = models.URLField(max_length=500)

    class Meta:
        indexes = (models.Index(fields=["segment", "market", "criterion", "-year", "-id"], name="market_figure_last"),)

    def __str__(self) -> str:
        return f"{self.market}/{self.segment}/{self.criterion}/{self.year}"
