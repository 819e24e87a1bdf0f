"""Quarterly and yearly reports of a P2I: prepared, completed, checked, sealed, received by the secretariat."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    """Where a report stands."""

    PREPARED = "prepared", _("préparé")
    COMPLETED = "completed", _("en cours")
    CHECKED = "checked", _("vérifié")
    SEALED = "sealed", _("scellé et déposé")
    RECEIVED = "received", _("reçu par le secrétariat")
    RETURNED = "returned", _("à corriger")


class Report(models.Model):
    """The report of a P2I on a quarter or a year (first and last month, indexes of months).

    `known`: what the platform knew when it prepared the report, with the run it was read from. `told`: what the
    manager says. `findings`: contradictions of the last check. `completed_by`: whose hand completed it last.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.SmallIntegerField()
    first_month = models.IntegerField()
    last_month = models.IntegerField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.PREPARED)
    known = models.JSONField()
    told = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    completed_by = models.CharField(max_length=64, blank=True)
    return_reason = models.TextField(blank=True)
    synthetic = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["place", "first_month", "last_month"], name="platform_report_once"),
        )
        indexes = (models.Index(fields=["due_on"], name="platform_report_due"),)

    def __str__(self) -> str:
        return str(self.uuid)


class SealedReport(models.Model):
    """A report as it was sealed: its canonical content and digest. Append-only: one corrected is another number."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sealed")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["report", "number"], name="platform_report_sealed_once"),)

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class Reminder(models.Model):
    """The letter owed to those who manage a P2I when its report is late, and when it left; one for a report."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="reminder")
    due_on = models.DateField()
    sent_at = models.DateTimeField(null=True)
    letters = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["due_on"], condition=models.Q(sent_at=None), name="platform_reminder_owed"),)

    def __str__(self) -> str:
        return str(self.report_id)
