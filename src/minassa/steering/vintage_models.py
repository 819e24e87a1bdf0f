"""What each run said of each indicator, kept as it was told then. Nothing here is ever changed."""

from __future__ import annotations

from django.db import models


class Vintage(models.Model):
    """A run whose indicators were kept: what it was made of. Append-only.

    `versions`: those of the tables of declarations; `offer_digest`: that of the offer; `code`: the version of Minassa;
    `until`: the last month known (an index).
    """

    run = models.CharField(max_length=60, unique=True)
    kept_at = models.DateTimeField()
    until = models.IntegerField()
    versions = models.JSONField()
    offer_digest = models.CharField(max_length=64)
    code = models.CharField(max_length=30)
    synthetic = models.BooleanField()

    def __str__(self) -> str:
        return self.run


class VintageSeries(models.Model):
    """The national values of an indicator in a vintage: [period, value, status], oldest first. Append-only."""

    vintage = models.ForeignKey(Vintage, on_delete=models.PROTECT, related_name="series")
    indicator = models.CharField(max_length=40)
    points = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["vintage", "indicator"], name="vintage_series_once"),)

    def __str__(self) -> str:
        return f"{self.vintage_id} {self.indicator}"


class Alert(models.Model):
    """A threshold passed, or passed back: `raised`, or cleared, on the `value` that a vintage gave for a period.

    The last row of a code tells how it stands. Append-only.
    """

    vintage = models.ForeignKey(Vintage, on_delete=models.PROTECT, related_name="alerts")
    code = models.CharField(max_length=40)
    raised = models.BooleanField()
    period = models.IntegerField()
    value = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["vintage", "code"], name="alert_once_a_vintage"),)

    def __str__(self) -> str:
        return f"{self.code} {'raised' if self.raised else 'cleared'}"
