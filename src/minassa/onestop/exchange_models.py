"""What goes out to agencies, what comes in, what falls due: durable rows with a date, taken by workers under lease."""

from __future__ import annotations

import uuid

from django.db import models

from minassa.registry.encryption import EncryptedText


class ApiClient(models.Model):
    """The system of a body that speaks to the platform by itself."""

    client_id = models.CharField(max_length=40, unique=True)
    secret_digest = models.CharField(max_length=128)
    signing_secret = EncryptedText()
    body = models.ForeignKey("registry.Body", on_delete=models.PROTECT, related_name="clients")
    scopes = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.client_id


class OutboxMessage(models.Model):
    """A message owed to an agency, in the order of its case; written in the transaction that made it due."""

    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("onestop.Case", null=True, on_delete=models.PROTECT, related_name="outbox")
    destination = models.CharField(max_length=30)
    kind = models.CharField(max_length=60)
    body = models.JSONField()
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True)
    delivered_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["destination", "due_at", "id"],
                condition=models.Q(delivered_at__isnull=True, dead_at__isnull=True),
                name="outbox_owed",
            ),
            models.Index(
                fields=["destination", "case", "id"],
                condition=models.Q(delivered_at__isnull=True),
                name="outbox_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.message_id} → {self.destination}"


class WorkerBeat(models.Model):
    """A worker that runs or ran: when it last said so, and what each of its loops has done."""

    name = models.CharField(max_length=80, unique=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    done = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name


class InboxMessage(models.Model):
    """A message received, once: a second one with the same number has no effect and gets the same answer."""

    source = models.CharField(max_length=30)
    message_id = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    outcome = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["source", "message_id"], name="inbox_once"),)

    def __str__(self) -> str:
        return f"{self.source} {self.message_id}"


class Timer(models.Model):
    """Something to do at an instant, once: a deadline, an escalation, the effect of silence."""

    case = models.ForeignKey("onestop.Case", null=True, on_delete=models.PROTECT, related_name="timers")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60, blank=True)
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["due_at"],
                condition=models.Q(fired_at__isnull=True, cancelled_at__isnull=True),
                name="timer_pending",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at}"


class Idempotency(models.Model):
    """The answer given to a request, so that the same request sent again gets the same answer and no second effect."""

    client = models.CharField(max_length=64)
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    response = models.JSONField(null=True)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["client", "key"], name="idempotency_once"),)

    def __str__(self) -> str:
        return f"{self.client} {self.key}"
