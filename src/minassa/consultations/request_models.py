"""What a firm asks or proposes of itself, and what it was answered."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """What a firm speaks of."""

    JOBS = "jobs", _("emplois et compétences")
    TRAINING = "training", _("formation")
    MARKETS = "markets", _("marchés et export")
    PREMISES = "premises", _("plateformes et locaux")
    PROCEDURES = "procedures", _("démarches et délais")
    OFFER = "offer", _("aides de l'offre")
    OTHER = "other", _("autre")


class RequestState(models.TextChoices):
    """Where a request stands."""

    RECEIVED = "received", _("reçue")
    ANSWERED = "answered", _("répondue")
    WITHDRAWN = "withdrawn", _("retirée par l'entreprise")


class FirmRequest(models.Model):
    """A request or a proposal of a firm: what it says never changes; the answer is written once, by another hand."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="requests_made")
    topic = models.CharField(max_length=12, choices=Topic.choices)
    subject = models.CharField(max_length=160)
    said = models.TextField()
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.RECEIVED, db_index=True)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.uuid)
