"""What a firm may have to give back of a claim that was paid: heard first, then decided. Lines are kept as proposed."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from minassa.registry.encryption import EncryptedText


class Restitution(models.Model):
    """A sum that later declarations no longer justify, proposed to a firm that is heard before anyone decides.

    Centimes. `run`: the run by which it was found; `reply_by`: until when the firm may answer.
    """

    class State(models.TextChoices):
        """Where it stands."""

        HEARING = "hearing", _("en phase contradictoire")
        HEARD = "heard", _("à décider : l'entreprise a répondu")
        DECIDED = "decided", _("à rendre")
        DROPPED = "dropped", _("abandonnée")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="restitutions")
    run = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=State.choices, default=State.HEARING)
    cents = models.BigIntegerField()
    opened_at = models.DateTimeField()
    reply_by = models.DateTimeField()
    reply = EncryptedText(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=64, blank=True)
    ground = models.TextField(blank=True)
    recovery = models.OneToOneField(
        "ledger.Recovery", null=True, blank=True, on_delete=models.PROTECT, related_name="restitution"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(cents__gt=0), name="restitution_above_zero"),
            models.UniqueConstraint(
                fields=["claim"], condition=models.Q(state__in=("hearing", "heard")), name="restitution_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("hearing", "heard"), decided_at__isnull=True)
                | (models.Q(state__in=("decided", "dropped"), decided_at__isnull=False) & ~models.Q(ground="")),
                name="restitution_decided_with_a_ground",
            ),
        )
        indexes = (models.Index(fields=["state", "id"], name="restitution_by_state"),)

    def __str__(self) -> str:
        return f"{self.claim_id} {self.cents}"


class RestitutionLine(models.Model):
    """An employee's part of it: what was claimed, what is due now, what comes back. Centimes. Append-only.

    `months_kept` of `months_required` when the job was left too early; none when a declared fact was corrected.
    """

    class Cause(models.TextChoices):
        """Why it comes back."""

        LEFT = "left", _("l'emploi n'a pas été gardé assez longtemps")
        CORRECTED = "corrected", _("une déclaration a été corrigée depuis")

    restitution = models.ForeignKey(Restitution, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey("claims.Line", on_delete=models.PROTECT, related_name="restitutions")
    cause = models.CharField(max_length=9, choices=Cause.choices)
    claimed_cents = models.BigIntegerField()
    now_cents = models.BigIntegerField()
    months_kept = models.PositiveSmallIntegerField(null=True, blank=True)
    months_required = models.PositiveSmallIntegerField(null=True, blank=True)
    cents = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["restitution", "line"], name="restitution_line_once"),
            models.CheckConstraint(
                condition=models.Q(cents__gt=0, cents__lte=models.F("claimed_cents")), name="restitution_line_bounds"
            ),
        )

    def __str__(self) -> str:
        return f"{self.restitution_id} {self.line_id}"
