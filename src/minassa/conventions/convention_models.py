"""A convention: where it stands, each revision of its terms as signed or amended, its signatures and amendments."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minassa.registry.encryption import EncryptedText


class ConventionState(models.TextChoices):
    """Where a convention stands."""

    DRAFT = "draft", _("en préparation")
    PROPOSED = "proposed", _("proposée à la signature")
    IN_FORCE = "in_force", _("en vigueur")
    SUSPENDED = "suspended", _("suspendue")
    ENDED = "ended", _("arrivée à son terme")
    TERMINATED = "terminated", _("résiliée")


class CommitmentKind(models.TextChoices):
    """What a firm commits itself to; the unit and the source of measure follow from it."""

    NET_JOBS = "net_jobs", _("emplois nets")
    JOBS_KEPT = "jobs_kept", _("emplois nets maintenus 18 mois")
    HEADCOUNT = "headcount", _("effectif déclaré")
    INVESTMENT = "investment", _("investissement")
    TRAINING_SPEND = "training_spend", _("dépenses de formation de l'exercice")
    EXPORT_TURNOVER = "export_turnover", _("chiffre d'affaires à l'export de l'exercice")
    EVENT = "event", _("étape datée")


class Scope(models.TextChoices):
    """Which enterprises a commitment is counted over."""

    FIRM = "firm", _("l'entreprise")
    GROUP = "group", _("toutes les entreprises de son groupe")


class Side(models.TextChoices):
    """The two parties."""

    STATE = "state", _("l'État")
    FIRM = "firm", _("l'entreprise")


class AmendmentKind(models.TextChoices):
    """The typed ways in which a convention changes; nothing else of it does."""

    ADD_COMMITMENT = "add_commitment", _("engagement ajouté")
    CHANGE_TARGET = "change_target", _("objectif changé")
    CHANGE_DUE = "change_due", _("échéance d'un engagement changée")
    CHANGE_END = "change_end", _("fin de la convention changée")
    CHANGE_PARTY = "change_party", _("nom ou signataires changés")
    SUSPEND = "suspend", _("suspension")
    RESUME = "resume", _("suspension levée")
    TERMINATE = "terminate", _("résiliation")


class AmendmentState(models.TextChoices):
    """Where an amendment stands."""

    PROPOSED = "proposed", _("proposé, à décider")
    ADOPTED = "adopted", _("adopté")
    REJECTED = "rejected", _("rejeté")
    WITHDRAWN = "withdrawn", _("retiré")


class Convention(models.Model):
    """What binds the State and a firm. `draft` holds the terms until they are signed, and is frozen once proposed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("référence"), max_length=30, unique=True)
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="conventions")
    draft = models.JSONField()
    terms_digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(_("état"), max_length=12, choices=ConventionState.choices, default=ConventionState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    drafted_by = models.CharField(max_length=64)
    drafted_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=64, blank=True)
    touched_at = models.DateTimeField()
    ends_on = models.DateField()
    sent_back_ground = EncryptedText(blank=True)
    measured_run = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state=ConventionState.DRAFT) | ~Q(terms_digest=""), name="convention_proposed_has_a_digest"
            ),
        )
        indexes = (
            models.Index(fields=["state", "ends_on"], name="convention_by_state"),
            models.Index(fields=["enterprise", "id"], name="convention_by_enterprise"),
        )

    def __str__(self) -> str:
        return self.reference


class Revision(models.Model):
    """The terms from a day on: 0 as signed, then one per amendment adopted. Append-only.

    Commitments in effect are, for each number, the row of the highest revision up to this one. `digest` covers all.
    """

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    effective_on = models.DateField()
    state = models.CharField(max_length=12, choices=ConventionState.choices)
    firm_name = models.CharField(max_length=200)
    text_reference = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    signatories = models.JSONField()
    digest = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["convention", "number"], name="revision_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="revision_ends_after_it_starts"),
        )

    def __str__(self) -> str:
        return f"{self.convention_id} r{self.number}"


class Commitment(models.Model):
    """What the firm commits itself to, from a revision on. Counts or centimes, by the unit of its kind. Append-only."""

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="commitments")
    number = models.PositiveSmallIntegerField()
    revision = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=CommitmentKind.choices)
    label = models.CharField(max_length=200, blank=True)
    scope = models.CharField(max_length=10, choices=Scope.choices)
    baseline = models.BigIntegerField()
    baseline_on = models.DateField()
    target = models.BigIntegerField()
    due_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["convention", "number", "revision"], name="commitment_once"),
            models.CheckConstraint(condition=Q(due_on__gt=F("baseline_on")), name="commitment_due_after_baseline"),
        )

    def __str__(self) -> str:
        return f"{self.convention_id}/{self.number} r{self.revision}"


class Milestone(models.Model):
    """When an advance on a premium falls due: a hire in its `month`-th month in post. Append-only."""

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    share_basis_points = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["convention", "number"], name="milestone_once"),
            models.UniqueConstraint(fields=["convention", "month"], name="milestone_one_per_month"),
            models.CheckConstraint(
                condition=Q(share_basis_points__gt=0, share_basis_points__lte=10_000), name="milestone_share"
            ),
        )

    def __str__(self) -> str:
        return f"{self.convention_id} mois {self.month}"


class Signature(models.Model):
    """A party's signature of the terms, by their digest. Append-only; other terms make it void by their own digest."""

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=6, choices=Side.choices)
    by = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["convention", "side", "digest"], name="signature_once"),)

    def __str__(self) -> str:
        return f"{self.convention_id} {self.side}"


class Amendment(models.Model):
    """A change of a convention, proposed then decided. What it replaces and what it puts there are frozen with it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=AmendmentKind.choices)
    commitment = models.PositiveSmallIntegerField(default=0)
    before = models.JSONField()
    after = models.JSONField()
    effective_on = models.DateField()
    ground = EncryptedText()
    digest = models.CharField(max_length=64)
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    side = models.CharField(max_length=6, choices=Side.choices)
    agreed_by = models.CharField(max_length=64, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=AmendmentState.choices, default=AmendmentState.PROPOSED)
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=300, blank=True)
    revision = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["convention", "number"], name="amendment_once"),
            models.UniqueConstraint(fields=["convention", "revision"], name="amendment_makes_its_revision"),
            models.CheckConstraint(
                condition=Q(decided_by="") | ~Q(decided_by=F("proposed_by")) | Q(state=AmendmentState.WITHDRAWN),
                name="amendment_maker_is_not_checker",
            ),
            models.CheckConstraint(
                condition=Q(revision__isnull=True) ^ Q(state=AmendmentState.ADOPTED), name="amendment_adopted_revises"
            ),
        )

    def __str__(self) -> str:
        return f"{self.convention_id} avenant {self.number}"
