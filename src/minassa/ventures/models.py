"""The register of SMEs and start-ups: what each claims, what was said of it, funds raised, consents, sheets read."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from minassa.vocabulary.money import format_dirhams


class Kind(models.TextChoices):
    """What a venture is: the two segments that the register follows."""

    SME = "sme", _("PME à solution exportable")
    STARTUP = "startup", _("start-up")


class Venture(models.Model):
    """A firm of the register. `enterprise`: where it is in the registry; `checked`: its last claim that holds.

    `closed_on`: the day it is no more; it stays written.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("nom"), max_length=160)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    enterprise = models.OneToOneField("registry.Enterprise", null=True, on_delete=models.PROTECT, related_name="+")
    checked = models.ForeignKey("Claim", null=True, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True)
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["name", "id"], name="venture_by_name"),)

    def __str__(self) -> str:
        return self.name


class Claim(models.Model):
    """What a venture says of itself on a day. Append-only: another claim takes its place.

    `markets`: countries, ISO 3166-1 alpha-2; `jobs`: persons in post, at `jobs_on`; both None when unknown.
    """

    venture = models.ForeignKey(Venture, on_delete=models.PROTECT, related_name="claims")
    stage = models.SlugField(max_length=20)
    product = models.CharField(max_length=300)
    markets = models.JSONField(default=list)
    jobs = models.PositiveIntegerField(null=True)
    jobs_on = models.DateField(null=True)
    source = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.venture_id} · {self.pk}"


class Verdict(models.Model):
    """What another hand found of a claim. Append-only."""

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="verdict")
    holds = models.BooleanField()
    said = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.claim_id} · {self.holds}"


class Funding(models.Model):
    """An amount raised, in hundredths of its currency, which is never added to another. Append-only."""

    venture = models.ForeignKey(Venture, on_delete=models.PROTECT, related_name="fundings")
    hundredths = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    on = models.DateField()
    source = models.CharField(max_length=300)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(hundredths__gt=0), name="venture_funding_positive"),)

    def __str__(self) -> str:
        return f"{self.venture_id} · {self.on:%Y-%m-%d}"

    @property
    def written(self) -> str:
        """The amount with the code of its currency: `500 000,00 EUR`."""
        return f"{format_dirhams(self.hundredths, unit=False)} {self.currency}"


class Consent(models.Model):
    """Whether a venture may be told of in public, from an instant on. Append-only: the last one counts."""

    venture = models.ForeignKey(Venture, on_delete=models.PROTECT, related_name="consents")
    given = models.BooleanField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.venture_id} · {self.given}"


class RollIn(models.Model):
    """A sheet of ventures as it was read: its good rows, what is wrong in it line by line; entered by a second act."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    rows = models.JSONField()
    findings = models.JSONField()
    lines = models.PositiveIntegerField()
    entered_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.uuid)
