"""Files sent by the web: where each stands, and what was found on its lines."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class UploadState(models.TextChoices):
    """Life of a file sent: received, checked, then deposited into the lake or set aside."""

    RECEIVED = "received", _("reçu")
    CHECKING = "checking", _("en contrôle")
    CHECKED = "checked", _("contrôlé")
    REFUSED = "refused", _("refusé")
    DEPOSITING = "depositing", _("dépôt en cours")
    DEPOSITED = "deposited", _("déposé")
    WITHDRAWN = "withdrawn", _("retiré")


class Upload(models.Model):
    """One file sent for an enterprise; its bytes are kept encrypted, apart, under `storage_name`."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="uploads")
    sent_by = models.ForeignKey("registry.Account", on_delete=models.PROTECT, related_name="uploads")
    received_at = models.DateTimeField()
    name = models.CharField(_("nom du fichier"), max_length=255)
    size = models.PositiveBigIntegerField(_("taille"))
    sha256 = models.CharField(max_length=64)
    storage_name = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=UploadState.choices, default=UploadState.RECEIVED)
    kind = models.CharField(max_length=30, blank=True)
    affiliation = models.IntegerField(null=True, blank=True)
    period = models.CharField(max_length=10, blank=True)
    complement = models.PositiveSmallIntegerField(default=0)
    supersession_key = models.CharField(max_length=80, blank=True)
    lines = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    problem = models.CharField(max_length=60, blank=True)
    deposit_id = models.CharField(max_length=80, blank=True)
    lake_file = models.BigIntegerField(null=True, blank=True)
    deposit_asked_at = models.DateTimeField(null=True, blank=True)
    deposit_asked_by = models.ForeignKey(
        "registry.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="deposits_asked"
    )
    deposited_at = models.DateTimeField(null=True, blank=True)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    due_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=["enterprise", "-received_at"], name="upload_by_enterprise"),
            models.Index(fields=["enterprise", "sha256"], name="upload_same_bytes"),
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="upload_due"),
        )

    def __str__(self) -> str:
        return f"envoi {self.uuid}"


class UploadFinding(models.Model):
    """What the check found at one place of a file. The message holds no personal data."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=60)
    severity = models.CharField(max_length=10)
    line = models.PositiveIntegerField()
    column = models.PositiveIntegerField()
    length = models.PositiveSmallIntegerField(default=0)
    message = models.TextField()

    class Meta:
        ordering = ("line", "column", "id")
        indexes = (models.Index(fields=["upload", "line"], name="finding_by_line"),)

    def __str__(self) -> str:
        return f"{self.rule} l.{self.line}"
