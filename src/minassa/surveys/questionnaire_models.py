"""Questionnaires kept to be drawn, and the themes that a person made of open answers."""

from __future__ import annotations

import uuid

from django.db import models


class Questionnaire(models.Model):
    """An XLSForm as it was kept, by its digest. It never changes: another form is another row."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=63)
    titles = models.JSONField()
    sheets = models.JSONField()
    digest = models.CharField(max_length=64, unique=True)
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class Theme(models.Model):
    """What several open answers say, named and confirmed by a person. It never changes."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="themes")
    question = models.CharField(max_length=63)
    names = models.JSONField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.uuid)


class ThemedAnswer(models.Model):
    """An open answer in a theme, from an instant until a person took it out."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="answers")
    submission = models.ForeignKey("surveys.Submission", on_delete=models.PROTECT, related_name="themed")
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    out_by = models.CharField(max_length=64, blank=True)
    out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["theme", "submission"], condition=models.Q(out_by=""), name="answer_in_a_theme_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.theme_id}/{self.submission_id}"
