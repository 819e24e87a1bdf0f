"""Sheets taken from training bodies, their rows, and insertion as each run measured it. All append-only."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Content(models.TextChoices):
    """What a sheet holds."""

    COHORTS = "cohorts", _("Cohortes")
    GRADUATES = "graduates", _("Diplômés")


class Roll(models.Model):
    """A sheet that a training body handed in, with what was wrong in it. The file itself is not kept: it names people.

    `findings`: rule, severity, line, column, message of each remark; no cell is quoted in them.
    """

    content = models.CharField(max_length=10, choices=Content)
    digest = models.CharField(max_length=64)
    taken_by = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    lines = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField()
    findings = models.JSONField()
    synthetic = models.BooleanField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["content", "digest"], name="training_roll_once"),)

    def __str__(self) -> str:
        return f"feuille {self.pk}"


class Named(models.Model):
    """A row of a cohort: provider, programme, cohort, as the sheet has them, and the line of the sheet."""

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()
    provider = models.CharField(max_length=40)
    programme = models.CharField(max_length=40)
    cohort = models.CharField(max_length=40)

    class Meta:
        abstract = True


class Cohort(Named):
    """A cohort as one sheet tells it; the last sheet counts. A count that nobody knows is null."""

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=16)
    filiere = models.PositiveSmallIntegerField()
    region = models.PositiveSmallIntegerField()
    starts_month = models.PositiveIntegerField()
    ends_month = models.PositiveIntegerField()
    seats = models.PositiveIntegerField(null=True)
    enrolled = models.PositiveIntegerField(null=True)
    present = models.PositiveIntegerField(null=True)
    graduated = models.PositiveIntegerField(null=True)
    dropped_out = models.PositiveIntegerField(null=True)
    placed = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=300)

    class Meta:
        indexes = (models.Index(fields=["provider", "programme", "cohort", "-roll"], name="training_cohort_named"),)

    def __str__(self) -> str:
        return f"{self.provider}/{self.programme}/{self.cohort}"


class Graduate(Named):
    """A graduate under the pseudonym of the lake, and the ground on which the person may be met; never a name."""

    person = models.BigIntegerField()
    graduated_month = models.PositiveIntegerField()
    ground = models.CharField(max_length=8)

    class Meta:
        indexes = (models.Index(fields=["provider", "programme", "cohort"], name="training_graduate_named"),)

    def __str__(self) -> str:
        return f"diplômé {self.pk}"


class Outcome(models.Model):
    """What a run said of a cohort: insertion at each horizon, where its graduates stand, how long they stay."""

    run = models.CharField(max_length=40)
    until = models.PositiveIntegerField()
    provider = models.CharField(max_length=40)
    programme = models.CharField(max_length=40)
    cohort = models.CharField(max_length=40)
    horizons = models.JSONField()
    whereabouts = models.JSONField()
    rolls = models.JSONField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["run", "provider", "programme", "cohort"], name="training_outcome_once"),
        )

    def __str__(self) -> str:
        return f"{self.run} {self.provider}/{self.programme}/{self.cohort}"


class Measured(models.Model):
    """A run whose graduates were met, with the last sheet known then: what the worker has done."""

    run = models.CharField(max_length=40)
    last_roll = models.PositiveIntegerField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["run"], name="training_measured_once"),)

    def __str__(self) -> str:
        return self.run
