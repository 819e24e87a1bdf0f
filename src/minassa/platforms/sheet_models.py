"""What a P2I has and offers, line by line and dated; the specialisation that it is asked to reach."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from minassa.vocabulary.statuses import Status


class LineKind(models.TextChoices):
    """What a line of the sheet tells."""

    BUILDING = "building", _("bâtiment")
    PRICE = "price", _("prix")
    SERVICE = "service", _("service mutualisé")
    CONVENTION = "convention", _("convention avec l'État")


class SheetLine(models.Model):
    """A line of the sheet of a P2I from a day on. Append-only: another line of the same code takes its place.

    `content` follows the schema of its kind (`sheets`); an empty one says that the thing is there no more. `status`:
    how sure it is.
    """

    place = models.SmallIntegerField()
    kind = models.CharField(max_length=12, choices=LineKind.choices)
    code = models.SlugField(max_length=60)
    since = models.DateField()
    content = models.JSONField()
    status = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Status])
    source = models.CharField(max_length=300, blank=True)
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["place", "kind", "code", "since"], name="sheet_line_day"),)

    def __str__(self) -> str:
        return f"{self.place}/{self.kind}/{self.code}"


class SpecialisationTarget(models.Model):
    """The share of people in a field that a P2I is asked to reach, by when, with the measure of the day it was set.

    Append-only: another target of the same place and field takes its place. Shares in basis points; the measure is
    None where too few people or firms are in the field to be told. `proposed`: by who manages the P2I, asked of nobody
    until a target answers it (`proposal`).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.SmallIntegerField()
    field = models.SlugField(max_length=40)
    share = models.PositiveIntegerField()
    by_year = models.PositiveSmallIntegerField()
    baseline_share = models.PositiveIntegerField(null=True)
    baseline_run = models.CharField(max_length=60)
    said = models.TextField()
    proposed = models.BooleanField(default=False)
    proposal = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="answer")
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.place}/{self.field}"
