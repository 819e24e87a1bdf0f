"""What is kept of a commission: its mandate, its members, its sessions, its work plan."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minassa.vocabulary.statuses import Status


class Mandate(models.Model):
    """What a commission is asked to do from a day on. Append-only: a later one takes its place."""

    commission = models.SlugField(max_length=20)
    since = models.DateField()
    text = models.TextField()
    status = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Status])
    source = models.CharField(max_length=300, blank=True)
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.commission} · {self.since:%Y-%m-%d}"


class Member(models.Model):
    """A firm or a body that sits in a commission from a day to another, and the person who speaks for it, if told.

    Changed but for its end: who left stays written.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    commission = models.SlugField(max_length=20)
    enterprise = models.ForeignKey("registry.Enterprise", null=True, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey("registry.Body", null=True, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("registry.Account", null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["commission", "since"], name="commission_member_day"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(enterprise__isnull=False, body__isnull=True)
                | Q(enterprise__isnull=True, body__isnull=False),
                name="commission_member_is_a_firm_or_a_body",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="commission_member_ends_after"
            ),
            models.UniqueConstraint(
                fields=["commission", "enterprise"], condition=Q(until__isnull=True), name="commission_firm_once"
            ),
            models.UniqueConstraint(
                fields=["commission", "body"], condition=Q(until__isnull=True), name="commission_body_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.commission} · {self.enterprise_id or ''}{self.body_id or ''}"


class SittingState(models.TextChoices):
    """Where a session of a commission stands."""

    PLANNED = "planned", _("prévue")
    HELD = "held", _("tenue, procès-verbal à écrire")
    MINUTED = "minuted", _("procès-verbal à approuver")
    APPROVED = "approved", _("procès-verbal approuvé")
    CANCELLED = "cancelled", _("annulée")


class Sitting(models.Model):
    """A session of a commission. Its minutes are frozen, under their digest, once another hand approved them."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    commission = models.SlugField(max_length=20)
    on = models.DateField()
    where = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=SittingState.choices, default=SittingState.PLANNED)
    minutes = models.TextField(blank=True)
    minutes_by = models.CharField(max_length=64, blank=True)
    approved_by = models.CharField(max_length=64, blank=True)
    approved_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["commission", "-on"], name="commission_sitting_day"),)

    def __str__(self) -> str:
        return f"{self.commission} · {self.on:%Y-%m-%d}"


class Point(models.Model):
    """A point of the agenda of a session. Append-only; a recommendation says by its number that it comes from it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="points")
    rank = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["sitting", "rank"], name="commission_point_rank"),)

    def __str__(self) -> str:
        return f"{self.sitting_id}/{self.rank}"


class Presence(models.Model):
    """Whether a member came to a session. Append-only."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="presences")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="presences")
    came = models.BooleanField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["sitting", "member"], name="commission_presence_once"),)

    def __str__(self) -> str:
        return f"{self.sitting_id}/{self.member_id}"


class ActionState(models.TextChoices):
    """Where an action of a work plan stands."""

    TODO = "todo", _("à faire")
    DOING = "doing", _("en cours")
    DONE = "done", _("faite")
    DROPPED = "dropped", _("abandonnée")


class Action(models.Model):
    """An action of the work plan of a commission: what, which member does it, by when, and where it stands."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    commission = models.SlugField(max_length=20)
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="actions")
    point = models.ForeignKey(Point, null=True, on_delete=models.PROTECT, related_name="actions")
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=ActionState.choices, default=ActionState.TODO)
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["commission", "due_on"], name="commission_action_due"),)

    def __str__(self) -> str:
        return f"{self.commission} · {self.pk}"


class ActionMove(models.Model):
    """A move of an action, with what was said of it. Append-only."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="moves")
    before = models.CharField(max_length=8, choices=ActionState.choices)
    after = models.CharField(max_length=8, choices=ActionState.choices)
    said = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.action_id} · {self.after}"
