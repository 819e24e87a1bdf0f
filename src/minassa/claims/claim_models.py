"""A claim and its lines: what was frozen when it was prepared, and where it stands since."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from minassa.registry.encryption import EncryptedText


class ClaimState(models.TextChoices):
    """Where a claim stands."""

    OPEN = "open", _("à vérifier et signer")
    CONTESTED = "contested", _("contestée par l'entreprise")
    SUPERSEDED = "superseded", _("remplacée")
    EXPIRED = "expired", _("prescrite")
    SIGNED = "signed", _("signée")
    IN_CONTROL = "in_control", _("en contrôle")
    TO_DECIDE = "to_decide", _("à décider")
    HEARING = "hearing", _("en phase contradictoire")
    ACCEPTED = "accepted", _("acceptée")
    CUT = "cut", _("acceptée en partie")
    REFUSED = "refused", _("refusée")
    SUSPENDED = "suspended", _("suspendue")
    PAID = "paid", _("payée")


class Claim(models.Model):
    """What one firm claims under one measure for one period. Amounts in centimes, months as indices.

    What was frozen is never changed: `content_digest` covers it, and `lines_digest` the amounts of its lines.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("référence"), max_length=40, unique=True)
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="claims")
    affiliation = models.IntegerField()
    measure = models.CharField(_("mesure"), max_length=20)
    period = models.CharField(_("période"), max_length=10)
    first_month = models.IntegerField()
    last_month = models.IntegerField()
    rank = models.PositiveSmallIntegerField(default=1)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    run = models.CharField(max_length=60)
    known_until = models.IntegerField()
    lake_versions = models.JSONField()
    offer_digest = models.CharField(max_length=64)
    conditions = models.JSONField()
    line_count = models.PositiveIntegerField()
    entitled_count = models.PositiveIntegerField()
    total_cents = models.BigIntegerField()
    provisional_cents = models.BigIntegerField()
    status = models.SmallIntegerField()
    reasons = models.JSONField()
    score = models.PositiveSmallIntegerField()
    lines_digest = models.CharField(max_length=64)
    content_digest = models.CharField(max_length=64)

    state = models.CharField(_("état"), max_length=12, choices=ClaimState.choices, default=ClaimState.OPEN)
    version = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    contest_by = models.DateTimeField()
    sign_by = models.DateTimeField()
    prescribed_on = models.DateField()
    hearing_until = models.DateTimeField(null=True, blank=True)
    heard = models.BooleanField(default=False)
    checked_by = models.CharField(max_length=64, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.CharField(max_length=64, blank=True)
    control = models.ForeignKey("claims.Draw", null=True, blank=True, on_delete=models.PROTECT, related_name="drawn")
    controlled_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    accepted_cents = models.BigIntegerField(null=True, blank=True)
    paid_cents = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["enterprise", "measure", "period", "rank"], name="claim_once_per_rank"),
            models.UniqueConstraint(
                fields=["enterprise", "measure", "period"],
                condition=~models.Q(state="superseded"),
                name="claim_one_in_effect",
            ),
            models.CheckConstraint(condition=models.Q(paid_cents__gte=0), name="claim_paid_not_negative"),
            models.CheckConstraint(
                condition=models.Q(paid_cents=0) | models.Q(paid_cents__lte=models.F("accepted_cents")),
                name="claim_paid_within_accepted",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_cents__isnull=True)
                | models.Q(accepted_cents__lte=models.F("total_cents"))
                | models.Q(total_cents__lte=0),
                name="claim_accepted_within_total",
            ),
        )
        indexes = (models.Index(fields=["state", "sign_by"], name="claim_by_state"),)

    def __str__(self) -> str:
        return self.reference


class Line(models.Model):
    """An employee (a pseudonym; 0: the firm itself) in a claim. Written in bulk with its claim, never changed.

    `cumulative_cents` is what is due from the beginning of the year to the end of the claim's period,
    `earlier_cents` what former claims of the year asked for; the claim asks for the difference. `unmet` has one bit
    per condition of the claim that does not hold, `flags` one per reason of the claim that concerns the line.
    `doubtful_cents`: the part of the amount that the reasons which hold the line put in doubt; null: the whole of it.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="lines")
    person = models.BigIntegerField()
    hired_month = models.IntegerField()
    period_start = models.IntegerField()
    period_end = models.IntegerField()
    cumulative_cents = models.BigIntegerField()
    earlier_cents = models.BigIntegerField()
    amount_cents = models.BigIntegerField()
    entitled = models.BooleanField()
    unmet = models.IntegerField()
    status = models.SmallIntegerField()
    provisional = models.BooleanField()
    flags = models.BigIntegerField()
    doubtful_cents = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["claim", "person", "hired_month", "period_start"], name="claim_line_once_per_person"
            ),
            models.CheckConstraint(
                condition=models.Q(doubtful_cents__isnull=True)
                | models.Q(doubtful_cents__gte=0, doubtful_cents__lte=models.F("amount_cents")),
                name="claim_line_doubt_within_amount",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_cents=models.F("cumulative_cents") - models.F("earlier_cents")),
                name="claim_line_is_a_difference",
            ),
        )
        indexes = (models.Index(fields=["person"], name="claim_line_by_person"),)

    def __str__(self) -> str:
        return f"{self.claim_id}#{self.pk}"


class Signature(models.Model):
    """A firm's signature of the frozen content of a claim, by its digest. Append-only."""

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="signature")
    account = models.ForeignKey("registry.Account", on_delete=models.PROTECT, related_name="claim_signatures")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.claim_id} signature"


class Contest(models.Model):
    """A line contested, by its firm before signing or by the employee at any time, and what was answered."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="contests")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="contests")
    by_worker = models.BooleanField()
    by = models.CharField(max_length=64)
    reason = EncryptedText()
    at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=64, blank=True)
    answer = EncryptedText(blank=True)
    upheld = models.BooleanField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["line", "by_worker"],
                condition=models.Q(answered_at__isnull=True),
                name="contest_one_open_per_side",
            ),
        )

    def __str__(self) -> str:
        return f"{self.claim_id} contestation {self.pk}"


class Ruling(models.Model):
    """What was decided or proposed on a claim, with its ground. Append-only."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="rulings")
    event = models.CharField(max_length=12)
    by = models.CharField(max_length=64)
    ground = models.TextField()
    cents = models.BigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.claim_id} {self.event}"


class Clearance(models.Model):
    """A line that its reasons held back, looked at by a person who lets it be paid, on a ground. Append-only."""

    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="clearance")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="clearances")
    by = models.CharField(max_length=64)
    ground = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.claim_id} {self.line_id}"


class CutLine(models.Model):
    """A line that a decision leaves out of a claim accepted in part. Append-only."""

    ruling = models.ForeignKey(Ruling, on_delete=models.PROTECT, related_name="cut_lines")
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="cut")

    def __str__(self) -> str:
        return f"{self.ruling_id} {self.line_id}"
