"""The case, its parallel tasks, who held it and when, its signatures and decisions."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    """States of a case; the transitions stand in `minassa.onestop.states`."""

    DRAFT = "draft", _("brouillon")
    TO_SIGN = "to_sign", _("à signer")
    IN_REVIEW = "in_review", _("en instruction")
    COMPLEMENT = "complement", _("complément demandé")
    TO_DECIDE = "to_decide", _("à décider")
    ACCEPTED = "accepted", _("accepté")
    REFUSED = "refused", _("refusé")
    APPEALED = "appealed", _("en recours")
    WITHDRAWN = "withdrawn", _("retiré")


class TaskState(models.TextChoices):
    """States of the task of one agency in a case."""

    OPEN = "open", _("ouverte")
    PROPOSED = "proposed", _("réponse à valider")
    SENT_BACK = "sent_back", _("en attente du demandeur")
    ANSWERED = "answered", _("répondue")
    CANCELLED = "cancelled", _("annulée")


class Case(models.Model):
    """One request of an enterprise under one version of one procedure and of the offer.

    `version` grows with every act; `holder` is who is awaited on the main line; `touched_at`: the last act.
    `track`: the faster way that took it on the day of its deposit; empty for the ordinary one.
    `due_at` is empty while the legal delay is suspended. References are compared byte by byte, so that one index finds
    one, finds those that begin alike, and keeps them in order.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("référence"), max_length=30, db_collation="C")
    procedure = models.ForeignKey("onestop.ProcedureVersion", on_delete=models.PROTECT, related_name="cases")
    enterprise = models.ForeignKey(
        "registry.Enterprise", on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    opened_by = models.ForeignKey("registry.Account", on_delete=models.PROTECT, related_name="opened_cases")
    person = models.ForeignKey("registry.Person", null=True, blank=True, on_delete=models.PROTECT)
    place = models.SmallIntegerField(_("lieu"), default=0)
    state = models.CharField(_("état"), max_length=12, choices=CaseState.choices, default=CaseState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    answers = models.JSONField(default=dict)
    offer_version = models.CharField(max_length=64, blank=True)
    procedure_code = models.SlugField(max_length=40, editable=False, default="", db_index=False)
    track = models.SlugField(_("voie"), max_length=40, blank=True, default="", db_default="", db_index=False)
    holder = models.CharField(_("détenteur"), max_length=30, default="firm")
    touched_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(_("échéance"), null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["enterprise", "-id"], name="case_by_enterprise"),
            models.Index(fields=["place", "-id"], name="case_by_place"),
            models.Index(fields=["place", "state", "-id"], name="case_by_place_and_state"),
            models.Index(fields=["state", "-id"], name="case_by_state"),
            models.Index(fields=["procedure_code", "state", "-id"], name="case_by_procedure"),
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(state__in=["in_review", "complement", "to_decide", "appealed"]),
                name="case_running_due",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["reference"], name="case_reference_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "to_sign", "withdrawn"]) | models.Q(submitted_at__isnull=False),
                name="case_submitted_before_review",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["accepted", "refused"]) | models.Q(decided_at__isnull=False),
                name="case_decided_when_closed",
            ),
        )

    def __str__(self) -> str:
        return self.reference


class Task(models.Model):
    """What one agency has to answer in a case. Who proposes an answer never validates it.

    `round` grows each time the task is opened again: an answer to an earlier round is stale. The code of the procedure
    and the place of the case are repeated here so that the list of an officer reads one table.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    step = models.SlugField(max_length=40)
    body = models.ForeignKey("registry.Body", on_delete=models.PROTECT, related_name="tasks", db_index=False)
    state = models.CharField(max_length=10, choices=TaskState.choices, default=TaskState.OPEN)
    favourable = models.BooleanField(null=True)
    ground = models.TextField(_("motif"), blank=True)
    data = models.JSONField(default=dict)
    assignee = models.ForeignKey(
        "registry.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assigned_tasks",
        db_index=False,
    )
    maker = models.CharField(max_length=64, blank=True)
    checker = models.CharField(max_length=64, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    procedure_code = models.SlugField(max_length=40, editable=False, default="", db_index=False)
    place = models.SmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "step"], name="one_task_per_step"),
            models.CheckConstraint(
                condition=models.Q(checker="") | ~models.Q(checker=models.F("maker")), name="maker_is_not_checker"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="answered")
                | models.Q(answered_at__isnull=False, favourable__isnull=False) & ~models.Q(maker=""),
                name="answered_by_someone",
            ),
        )
        indexes = (
            models.Index(fields=["body", "-id"], name="task_by_body"),
            models.Index(fields=["body", "state", "place", "-id"], name="task_by_state_and_place"),
            models.Index(fields=["body", "state", "procedure_code", "-id"], name="task_by_state_and_procedure"),
            models.Index(fields=["assignee", "state", "-id"], name="task_by_assignee"),
            models.Index(fields=["body", "-case"], name="task_by_body_and_case"),
            models.Index(
                fields=["body", "due_at", "id"],
                condition=models.Q(state__in=["open", "proposed", "sent_back"]),
                name="task_pending",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}/{self.step}"


class Custody(models.Model):
    """From this instant, this lane of the case is held by `holder`. Append-only: spans follow from the rows."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="custodies")
    number = models.PositiveIntegerField()
    lane = models.CharField(max_length=30)
    at = models.DateTimeField()
    holder = models.CharField(max_length=30)
    ground = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "number"], name="custody_once"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.lane} {self.holder}"


class Signature(models.Model):
    """A person signed the content of a case, known by its digest."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="signatures")
    account = models.ForeignKey("registry.Account", on_delete=models.PROTECT)
    power = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.power}"


class Decision(models.Model):
    """What was decided on a case, on which ground, by whom."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    favourable = models.BooleanField()
    ground = models.TextField(_("motif"))
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    on_appeal = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.case_id} {'+' if self.favourable else '-'}"
