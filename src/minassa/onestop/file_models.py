"""What is said and shown in a case: facts and documents said once, messages, the single request for complements."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fact(models.Model):
    """Something an enterprise said once, to be reused across cases and agencies; the latest one holds."""

    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="facts")
    key = models.CharField(max_length=60)
    value = models.JSONField()
    source = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["enterprise", "key", "-at"], name="fact_latest"),)

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.key}"


class Document(models.Model):
    """A document given once by an enterprise; its bytes are kept encrypted, apart."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="documents")
    kind = models.SlugField(_("nature"), max_length=40)
    name = models.CharField(_("nom du fichier"), max_length=255)
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_name = models.CharField(max_length=120)
    given_by = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    valid_until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"document {self.uuid}"


class CaseDocument(models.Model):
    """A document used in a case for one of its requirements."""

    case = models.ForeignKey("onestop.Case", on_delete=models.PROTECT, related_name="documents")
    requirement = models.SlugField(max_length=40)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="uses")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "requirement", "document"], name="document_once_per_requirement"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.requirement}"


class Message(models.Model):
    """A message inside a case; empty `body_code`: seen by all who take part, else by that body and the firm only."""

    case = models.ForeignKey("onestop.Case", on_delete=models.PROTECT, related_name="messages")
    author = models.CharField(max_length=64)
    body_code = models.CharField(max_length=30, blank=True)
    text = models.TextField(_("message"))
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} message {self.pk}"


class Complement(models.Model):
    """The single request for complements of a case (law 55-19): what every agency asks, gathered."""

    case = models.OneToOneField("onestop.Case", on_delete=models.PROTECT, related_name="complement")
    items = models.JSONField()
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.case_id} complément"


class SavedView(models.Model):
    """Filters of a list that an account keeps under a name."""

    account = models.ForeignKey("registry.Account", on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=40)
    name = models.CharField(_("nom"), max_length=80)
    query = models.CharField(max_length=500)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "page", "name"], name="saved_view_once"),)

    def __str__(self) -> str:
        return self.name
