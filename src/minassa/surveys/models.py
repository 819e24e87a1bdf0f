"""A survey, the firms it asks, what each answered, the letters sent, the tables made of answers."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from minassa.surveys.import_models import ImportFile, ImportState, Instance
from minassa.surveys.questionnaire_models import Questionnaire, Theme, ThemedAnswer

__all__ = [
    "Asked",
    "AskedState",
    "ImportFile",
    "ImportState",
    "Instance",
    "Questionnaire",
    "Reason",
    "Reminder",
    "Source",
    "Submission",
    "Survey",
    "Tabulation",
    "Theme",
    "ThemedAnswer",
]


class Survey(models.Model):
    """A consultation: its form as it was frozen, its days, how its sample was drawn. What was drawn never changes.

    `sheets`: the rows of the XLSForm. `frame`: firms of the register by stratum. `sample_digest` covers the list of
    firms asked, with strata and weights, committed to before any answer.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=63)
    titles = models.JSONField()
    sheets = models.JSONField()
    form_digest = models.CharField(max_length=64)
    opens_on = models.DateField()
    closes_on = models.DateField()
    seed = models.CharField(max_length=64)
    take_all_above = models.PositiveIntegerField()
    frame = models.JSONField()
    sample_digest = models.CharField(max_length=64)
    run = models.CharField(max_length=60, blank=True)
    synthetic = models.BooleanField(default=False)
    drawn_by = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class AskedState(models.TextChoices):
    """Where a firm stands."""

    ASKED = "asked", _("pas commencée")
    DRAFT = "draft", _("commencée")
    ANSWERED = "answered", _("répondue")
    SILENT = "silent", _("sans réponse, motif connu")


class Reason(models.TextChoices):
    """Why a firm does not answer, as it was learnt."""

    REFUSED = "refused", _("refus")
    UNREACHED = "unreached", _("injoignable")
    CLOSED = "closed", _("activité arrêtée")
    OUTSIDE = "outside", _("hors du champ")
    LATER = "later", _("répondra plus tard")


class Asked(models.Model):
    """A firm that a survey asks: its stratum and weight as drawn, its draft, and why it is silent when it is known."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="asked")
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="surveys_asked")
    filiere = models.PositiveSmallIntegerField()
    size_class = models.CharField(max_length=20)
    region_group = models.CharField(max_length=20)
    headcount = models.PositiveIntegerField()
    weight = models.FloatField()
    state = models.CharField(max_length=10, choices=AskedState.choices, default=AskedState.ASKED)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    draft = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["survey", "enterprise"], name="asked_once"),)

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def stratum(self) -> str:
        """The stratum as one word."""
        return f"{self.filiere}|{self.size_class}|{self.region_group}"


class Source(models.TextChoices):
    """How answers came."""

    PAGE = "page", _("saisie en ligne")
    IMPORT = "import", _("fichier importé")


class Submission(models.Model):
    """Answers of a firm as it sent them. Append-only: a correction is another row, and the last one counts."""

    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    digest = models.CharField(max_length=64)
    source = models.CharField(max_length=10, choices=Source.choices)
    language = models.CharField(max_length=2, blank=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["asked", "number"], name="submission_once"),)

    def __str__(self) -> str:
        return f"{self.asked_id}/{self.number}"


class Reminder(models.Model):
    """A letter owed to those who may answer for a firm, and when it left; one for each rank."""

    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="reminders")
    rank = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    sent_at = models.DateTimeField(null=True)
    letters = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["asked", "rank"], name="reminder_once"),)
        indexes = (models.Index(fields=["due_on"], condition=models.Q(sent_at=None), name="reminder_owed"),)

    def __str__(self) -> str:
        return f"{self.asked_id}/{self.rank}"


class Tabulation(models.Model):
    """Tables made of the answers known then (`upto`: the last submission), already under disclosure control."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="tabulations")
    upto = models.BigIntegerField()
    content = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["survey", "upto"], name="tabulated_once"),)

    def __str__(self) -> str:
        return f"{self.survey_id}/{self.upto}"
