"""Titles that no occupation was sure for, and what people answered. Nothing here is ever changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Where a title was met."""

    REGISTER = "register", _("registres du personnel")
    FILE = "file", _("fichier de titres")
    TYPED = "typed", _("saisie")


class Question(models.Model):
    """A title that awaits a person, once whatever its spelling (`folded`). Append-only.

    `people`: how many hold it in the registers, where it was met there, and nothing else.
    """

    folded = models.CharField(max_length=200, unique=True)
    title = models.CharField(_("titre"), max_length=200)
    origin = models.CharField(_("rencontré dans"), max_length=10, choices=Origin.choices)
    people = models.PositiveIntegerField(null=True, blank=True)
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Answer(models.Model):
    """What a person says a title is: a concept of the lexicon, or no occupation (`concept` empty). Append-only.

    The last answer to a title is the one in effect.
    """

    folded = models.CharField(max_length=200, db_index=True)
    title = models.CharField(_("titre"), max_length=200)
    concept = models.CharField(max_length=200, blank=True)
    isco = models.CharField(max_length=4, blank=True)
    answered_by = models.CharField(max_length=64)
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.title} · {self.isco}"
