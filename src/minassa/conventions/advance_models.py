"""Advances on the premium for jobs: proposed, granted, asked back in part, set off on the premium itself."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minassa.registry.encryption import EncryptedText


class AdvanceState(models.TextChoices):
    """Where an advance stands; what was paid of it is in the ledger, under its reference."""

    PROPOSED = "proposed", _("proposée")
    REFUSED = "refused", _("refusée")
    GRANTED = "granted", _("accordée")


class HearingState(models.TextChoices):
    """Where a proposed recovery stands."""

    OPEN = "open", _("l'entreprise peut répondre")
    REPLIED = "replied", _("l'entreprise a répondu")
    RECOVERED = "recovered", _("remboursement demandé")
    WITHHELD = "withheld", _("part non encore payée, retenue")
    DROPPED = "dropped", _("abandonnée")


class HearingReason(models.TextChoices):
    """Why an advance is to be given back."""

    LEFT = "left", _("départ avant le dix-huitième mois")
    NOT_DUE = "not_due", _("prime non due au dix-huitième mois")
    EXCESS = "excess", _("avance plus grande que la prime accordée")


class Advance(models.Model):
    """A part of the expected PAE of the hires that reached a milestone. Centimes. Frozen once proposed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=30, unique=True)
    convention = models.ForeignKey("conventions.Convention", on_delete=models.PROTECT, related_name="advances")
    milestone = models.ForeignKey("conventions.Milestone", on_delete=models.PROTECT, related_name="advances")
    measure = models.CharField(max_length=20)
    run = models.CharField(max_length=60)
    known_until = models.IntegerField()
    versions = models.JSONField()
    offer_digest = models.CharField(max_length=64)
    line_count = models.PositiveIntegerField()
    amount = models.BigIntegerField()
    lines_digest = models.CharField(max_length=64)
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=AdvanceState.choices, default=AdvanceState.PROPOSED)
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    ground = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="advance_above_zero"),
            models.CheckConstraint(
                condition=Q(decided_by="") | ~Q(decided_by=F("proposed_by")), name="advance_maker_is_not_checker"
            ),
        )

    def __str__(self) -> str:
        return self.reference


class AdvanceLine(models.Model):
    """The advance on one hire (a pseudonym and its month of hiring). Append-only."""

    advance = models.ForeignKey(Advance, on_delete=models.PROTECT, related_name="lines")
    person = models.BigIntegerField()
    hired_month = models.IntegerField()
    expected = models.BigIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["advance", "person", "hired_month"], name="advance_line_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & Q(amount__lte=F("expected")), name="advance_line_within_the_premium"
            ),
        )
        indexes = (models.Index(fields=["person", "hired_month"], name="advance_line_by_hire"),)

    def __str__(self) -> str:
        return f"{self.advance_id}#{self.pk}"


class Hearing(models.Model):
    """A recovery proposed on one line: the firm is heard before anything is asked back. Centimes."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    line = models.OneToOneField(AdvanceLine, on_delete=models.PROTECT, related_name="hearing")
    convention = models.ForeignKey("conventions.Convention", on_delete=models.PROTECT, related_name="hearings")
    reason = models.CharField(max_length=10, choices=HearingReason.choices)
    months_kept = models.PositiveSmallIntegerField()
    months_required = models.PositiveSmallIntegerField()
    base = models.BigIntegerField()
    amount = models.BigIntegerField()
    run = models.CharField(max_length=60)
    opened_by = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    reply_until = models.DateTimeField()
    state = models.CharField(max_length=10, choices=HearingState.choices, default=HearingState.OPEN)
    reply = EncryptedText(blank=True)
    replied_by = models.CharField(max_length=64, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    ground = models.CharField(max_length=300, blank=True)
    recovery = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gt=0) & Q(amount__lte=F("base")), name="hearing_within_the_advance"
            ),
            models.CheckConstraint(
                condition=Q(decided_by="") | ~Q(decided_by=F("opened_by")), name="hearing_maker_is_not_checker"
            ),
        )

    def __str__(self) -> str:
        return f"{self.convention_id} audition {self.pk}"

    @property
    def taken_back(self) -> int:
        """What of the advance was asked back, or withheld before it was paid. Centimes."""
        return self.amount if self.state in {HearingState.RECOVERED, HearingState.WITHHELD} else 0


class Imputation(models.Model):
    """The part of an advance that the premium of the same hire, granted by a claim, is paid with. Append-only.

    Nothing (0) where advances before it have taken the whole premium. What is left of the advance is asked back, the
    firm heard first, or `carried`: retained on what the firm is paid next. Centimes.
    """

    line = models.OneToOneField(AdvanceLine, on_delete=models.PROTECT, related_name="imputation")
    claim_line = models.ForeignKey("claims.Line", on_delete=models.PROTECT, related_name="imputations")
    amount = models.BigIntegerField()
    carried = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gte=0), name="imputation_not_below_zero"),
            models.CheckConstraint(condition=Q(carried__gte=0), name="imputation_carried_not_below_zero"),
        )

    def __str__(self) -> str:
        return f"{self.line_id} {self.amount}"
