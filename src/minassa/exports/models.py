"""Statements that firms make of a quarter, and official tables that a person brings. Neither is ever edited."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatementState(models.TextChoices):
    """Where a statement stands."""

    PREPARED = "prepared", _("préparé, à signer")
    SIGNED = "signed", _("signé")


class Statement(models.Model):
    """What a firm exported in a quarter. A correction is another number; the last signed one counts.

    `quarter_month`: the last month of the quarter, an index. `lines`: market, segment, filiere, currency, cents.
    `first_client_share`: basis points of the turnover exported, None when it is not told; the client is never named.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="export_statements")
    quarter_month = models.PositiveIntegerField()
    number = models.PositiveSmallIntegerField()
    lines = models.JSONField()
    first_client_share = models.PositiveIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=StatementState.choices, default=StatementState.PREPARED)
    signed_by = models.CharField(max_length=64, blank=True)
    signed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["enterprise", "quarter_month", "number"], name="export_statement_numbered"),
        )
        indexes = (models.Index(fields=["quarter_month", "state"], name="export_statement_quarter"),)

    def __str__(self) -> str:
        return str(self.uuid)


class OfficialTable(models.Model):
    """A table of the Office des Changes as it was brought: entered by a second act, or dropped.

    `rows`: year, filiere (0: all), cents, state (final, provisional), source. `digest`: of the file.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    rows = models.JSONField()
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    entered_by = models.CharField(max_length=64, blank=True)
    entered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.uuid)
