"""Who sits in committees, the sessions, what is on their agenda, who attended."""

from __future__ import annotations

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from minassa.registry.encryption import EncryptedText

SPAN = models.Func("since", "until", models.Value("[]"), function="daterange")


class SessionState(models.TextChoices):
    """Where a session stands; the transitions stand in `minassa.governance.states`."""

    DRAFT = "draft", _("en préparation")
    CONVENED = "convened", _("convoquée")
    OPEN = "open", _("ouverte")
    CLOSED = "closed", _("levée")
    SEALED = "sealed", _("procès-verbal scellé")
    CANCELLED = "cancelled", _("annulée")


class ItemState(models.TextChoices):
    """What became of an item of the agenda."""

    LISTED = "listed", _("à l'ordre du jour")
    VOTING = "voting", _("au vote")
    ADOPTED = "adopted", _("adopté")
    REJECTED = "rejected", _("rejeté")
    PUT_OFF = "put_off", _("renvoyé")


class Membership(models.Model):
    """A person holds a seat of a committee, as its titular or its substitute, from a day to another.

    `name` is the person's at that time: minutes say who sat, whatever the account is called later.
    """

    committee = models.CharField(_("comité"), max_length=10)
    seat = models.SlugField(_("siège"), max_length=20)
    account = models.ForeignKey("registry.Account", on_delete=models.PROTECT, related_name="memberships")
    name = EncryptedText(_("nom et prénom"))
    titular = models.BooleanField(_("titulaire"))
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu'au"), null=True, blank=True)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="one_holder_of_a_seat",
                expressions=[
                    ("committee", RangeOperators.EQUAL),
                    ("seat", RangeOperators.EQUAL),
                    (models.Func("titular", function="int4"), RangeOperators.EQUAL),
                    (SPAN, RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="one_seat_of_a_person",
                expressions=[
                    ("committee", RangeOperators.EQUAL),
                    ("account", RangeOperators.EQUAL),
                    (SPAN, RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="membership_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.committee} {self.seat} {self.account_id}"


class Session(models.Model):
    """A meeting of a committee. `rules` are those that bind it, frozen with the agenda at its convocation."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    committee = models.CharField(_("comité"), max_length=10)
    reference = models.CharField(_("référence"), max_length=20, unique=True)
    state = models.CharField(_("état"), max_length=10, choices=SessionState.choices, default=SessionState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    planned_at = models.DateTimeField(_("prévue le"))
    place = models.CharField(_("lieu"), max_length=200)
    rules = models.JSONField(default=dict)
    seats = models.JSONField(default=list)
    agenda_digest = models.CharField(max_length=64, blank=True)
    prepared_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    convened_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.TextField(blank=True)
    minutes_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "cancelled"]) | ~models.Q(agenda_digest=""),
                name="session_convened_on_an_agenda",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sealed") | ~models.Q(minutes_digest=""), name="session_sealed_with_minutes"
            ),
        )
        indexes = (models.Index(fields=["committee", "-planned_at"], name="session_by_committee"),)

    def __str__(self) -> str:
        return self.reference


class Item(models.Model):
    """A proposal put to a committee: `decision` on `subject`, a thing of a `kind`, with what the decision needs.

    `digest` covers the thing itself as it stood at the convocation, `enterprises` are those it concerns, `hands` the
    actors who had a hand in it. `consent_list` is the item that is voted for it and others together, unless a member
    (or a recusal) took it out: `pulled_by`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="items")
    rank = models.PositiveSmallIntegerField()
    kind = models.SlugField(max_length=20)
    subject = models.CharField(max_length=64, blank=True)
    decision = models.SlugField(max_length=20)
    proposal = models.JSONField(default=dict)
    title = models.CharField(max_length=300)
    enterprises = models.JSONField(default=list)
    hands = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    consent_list = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="together")
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.LISTED)
    secret = models.BooleanField(default=False)
    pulled_by = models.CharField(max_length=64, blank=True)
    put_off_reason = models.TextField(blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["session", "rank"], name="item_once_per_rank"),
            models.UniqueConstraint(
                fields=["session", "kind", "subject", "decision"],
                condition=~models.Q(subject=""),
                name="item_proposed_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="put_off") | ~models.Q(put_off_reason=""), name="item_put_off_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["adopted", "rejected"]) | models.Q(ended_at__isnull=False),
                name="item_decided_at_an_instant",
            ),
        )

    def __str__(self) -> str:
        return f"{self.session_id}/{self.rank}"


class Attendance(models.Model):
    """A member came in or went out. Append-only: who is there follows from the last row of each seat."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="attendances")
    present = models.BooleanField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.session_id} {self.membership_id} {'+' if self.present else '-'}"
