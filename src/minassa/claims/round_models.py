"""What is done around claims: draws of controls, codes of employees, daily rounds, re-checks, incidents."""

from __future__ import annotations

import uuid

from django.db import models


class Draw(models.Model):
    """A campaign of controls: its list is committed first, its seed comes later from a source named beforehand."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80, unique=True)
    candidates = models.JSONField()
    rates = models.JSONField()
    digest = models.CharField(max_length=64)
    seed_source = models.CharField(max_length=200)
    seed_not_before = models.DateTimeField()
    committed_at = models.DateTimeField()
    seed = models.CharField(max_length=200, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    selected = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class WorkerCode(models.Model):
    """The code by which an employee sees what is claimed in his or her name; only its digest is kept."""

    person = models.BigIntegerField(unique=True)
    code_digest = models.CharField(max_length=128)
    issued_by = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    valid_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"code {self.pk}"


class Round(models.Model):
    """Work done once for a key: claims opened from a run on a day, claims replayed on a day."""

    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=90)
    at = models.DateTimeField()
    report = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "key"], name="round_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Incident(models.Model):
    """A claim that no longer gives the same amounts, or whose content no longer has its digest."""

    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="incidents")
    kind = models.CharField(max_length=12)
    detail = models.JSONField()
    found_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.claim_id} {self.kind}"
