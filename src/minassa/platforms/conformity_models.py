"""Conformity with the cahier des charges: points assessed with their evidence, visits, findings and their remedies."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Evidence(models.Model):
    """A file given for a P2I; its bytes are kept encrypted, apart."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.SmallIntegerField()
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_name = models.CharField(max_length=120)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.uuid)


class Visit(models.Model):
    """A visit of a P2I by those who check its conformity: the day, what was seen. Append-only."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.SmallIntegerField()
    on = models.DateField()
    said = models.TextField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.uuid)


class Result(models.TextChoices):
    """What was found of a point of the checklist."""

    CONFORM = "conform", _("conforme")
    PARTLY = "partly", _("en partie")
    NOT = "not", _("non conforme")
    APART = "apart", _("sans objet")


class Assessment(models.Model):
    """What is found of a point of the checklist on a day. Append-only: the last one of a point counts."""

    place = models.SmallIntegerField()
    point = models.SlugField(max_length=40)
    on = models.DateField()
    result = models.CharField(max_length=8, choices=Result.choices)
    said = models.TextField(blank=True)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="assessments")
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="assessments")
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["place", "point", "-at"], name="assessment_last"),)

    def __str__(self) -> str:
        return f"{self.place}/{self.point}"


class Severity(models.TextChoices):
    """How grave a finding is."""

    MINOR = "minor", _("mineur")
    MAJOR = "major", _("majeur")


class FindingState(models.TextChoices):
    """Where a finding stands."""

    OPEN = "open", _("ouvert, remède attendu")
    PROPOSED = "proposed", _("remède proposé")
    AGREED = "agreed", _("remède accepté")
    DONE = "done", _("remède fait, à vérifier")
    CLOSED = "closed", _("clos")
    ESCALATED = "escalated", _("porté au CTO")


class Finding(models.Model):
    """What does not conform in a P2I, and its remedy from proposed to verified.

    `remedy_by`: the hand that proposed the remedy or said it done last; another one agrees and verifies.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.SmallIntegerField()
    point = models.SlugField(max_length=40)
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="findings")
    severity = models.CharField(max_length=6, choices=Severity.choices)
    said = models.TextField()
    found_on = models.DateField()
    found_by = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=FindingState.choices, default=FindingState.OPEN)
    remedy = models.TextField(blank=True)
    remedy_due_on = models.DateField(null=True)
    remedy_by = models.CharField(max_length=64, blank=True)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="findings")
    answer = models.TextField(blank=True)
    synthetic = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.uuid)
