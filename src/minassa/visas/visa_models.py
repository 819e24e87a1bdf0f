"""Places of the quota held by cases, every move of them, and what declarations say of those hired."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """Whose quota."""

    NATION = "nation", _("pays")
    REGION = "region", _("région")
    FIRM = "firm", _("entreprise")


class VisaState(models.TextChoices):
    """What has become of a place."""

    RESERVED = "reserved", _("réservée")
    GRANTED = "granted", _("accordée")
    REFUSED = "refused", _("refusée, place rendue")
    FREED = "freed", _("place rendue")


class Move(models.TextChoices):
    """What happened to a place."""

    RESERVED = "reserved", _("place réservée au dépôt")
    GRANTED = "granted", _("visa accordé")
    REFUSED = "refused", _("dossier refusé, place rendue")
    WITHDRAWN = "withdrawn", _("dossier retiré, place rendue")
    CHANGED = "changed", _("métier ou lieu changés, place rendue")
    GIVEN_UP = "given_up", _("la personne n'est pas venue ou est repartie, place rendue")
    OUTSIDE = "outside", _("accordé sur recours hors quota : autorisation ordinaire")


class QuotaCount(models.Model):
    """Places taken under one quota of a year; `places`: the quota when it was last taken from. Never more than that."""

    year = models.PositiveSmallIntegerField()
    scope = models.CharField(max_length=6, choices=Scope)
    subject = models.PositiveBigIntegerField(default=0)
    used = models.PositiveIntegerField(default=0)
    places = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["year", "scope", "subject"], name="visa_quota_once"),
            models.CheckConstraint(condition=Q(used__lte=F("places")), name="visa_quota_not_over"),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.scope} {self.subject}"


class Visa(models.Model):
    """A case taken by the fast track: on which entry of which list, and the place that it holds in which year."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.OneToOneField("onestop.Case", on_delete=models.PROTECT, related_name="visa")
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="visas")
    listed = models.ForeignKey("visas.ShortageList", on_delete=models.PROTECT, related_name="visas")
    occupation = models.CharField(max_length=4)
    region = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    filed_on = models.DateField()
    state = models.CharField(max_length=8, choices=VisaState, default=VisaState.RESERVED)
    granted_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(state="granted") | Q(granted_on__isnull=False), name="visa_granted_on"),
        )
        indexes = (models.Index(fields=["state", "-id"], name="visa_by_state"),)

    def __str__(self) -> str:
        return f"visa {self.pk}"


class VisaMove(models.Model):
    """A move of a place. Append-only: the counts of quotas can be computed again from these."""

    visa = models.ForeignKey(Visa, on_delete=models.PROTECT, related_name="moves")
    move = models.CharField(max_length=10, choices=Move)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.visa_id} {self.move}"


class Hire(models.Model):
    """Who was hired, under the pseudonym of the lake, and since which month; as the firm told. Append-only."""

    visa = models.OneToOneField(Visa, on_delete=models.PROTECT, related_name="hire")
    person = models.BigIntegerField()
    starts_month = models.PositiveIntegerField()
    told_by = models.CharField(max_length=64)
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"embauche {self.visa_id}"


class Meeting(models.Model):
    """What a run found in the declarations of a month, so many months after the hire. Append-only."""

    visa = models.ForeignKey(Visa, on_delete=models.PROTECT, related_name="meetings")
    run = models.CharField(max_length=40)
    horizon = models.PositiveSmallIntegerField()
    with_firm = models.BooleanField()
    elsewhere = models.BooleanField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["visa", "run", "horizon"], name="visa_meeting_once"),)

    def __str__(self) -> str:
        return f"{self.visa_id} {self.horizon}"


class AlertKind(models.TextChoices):
    """What an alert is about."""

    ABSENT = "absent", _("absence dans les déclarations")
    UNTOLD = "untold", _("embauche non dite")


class Alert(models.Model):
    """Something for a person to look at; it takes nothing from anybody. Closed by a person, or a later declaration."""

    visa = models.ForeignKey(Visa, on_delete=models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=6, choices=AlertKind)
    horizon = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=64, blank=True)
    ground = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["visa", "kind", "horizon"], name="visa_alert_once"),
            models.CheckConstraint(condition=~(Q(closed_at__isnull=True) ^ Q(closed_by="")), name="visa_alert_closed"),
        )
        indexes = (models.Index(fields=["closed_at", "-id"], name="visa_alert_open"),)

    def __str__(self) -> str:
        return f"{self.visa_id} {self.kind}"
