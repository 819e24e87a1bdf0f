"""Questionnaires that people bring: read whole, refused with what is wrong, kept by their digest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.registry.public import Actor, require
from minassa.surveys.errors import SurveyError
from minassa.surveys.models import Questionnaire
from minassa.talent.survey.forms import Form, Question, Section, form_of
from minassa.talent.survey.sheets import read_workbook

LANGUAGES: Final = {"fr": "français", "ar": "arabe"}
"""Languages in which everything must be said."""
MOST_TOLD: Final = 20


class Untranslated(SurveyError):
    """A form of which something is not said in French and in Arabic; `missing` says what."""

    code = "survey-untranslated"

    def __init__(self, message: str, missing: list[str]) -> None:
        super().__init__(message)
        self.missing = missing


def keep(actor: Actor, content: bytes, at: datetime, *, synthetic: bool = False) -> Questionnaire:
    """Keep an XLSForm; the one that is there when it is the same.

    FormError names the row that cannot be read, Untranslated what is not said in both languages.
    """
    require(actor, "survey.keep")
    sheets = read_workbook(content)
    form = form_of(sheets)
    missing = list(untranslated(form))
    if missing:
        raise Untranslated(_("Tout se dit en français et en arabe : complétez ce qui manque."), missing[:MOST_TOLD])
    with transaction.atomic():
        made, new = Questionnaire.objects.get_or_create(
            digest=form.digest,
            defaults={
                "code": form.code[:63],
                "titles": dict(form.titles),
                "sheets": {name: [dict(row) for row in rows] for name, rows in sheets.items()},
                "synthetic": synthetic,
                "by": str(actor),
                "at": at,
            },
        )
        if new:
            append(f"questionnaire:{made.uuid}", "survey.questionnaire-kept", str(actor), {"digest": form.digest}, at)
    return made


def untranslated(form: Form) -> Iterator[str]:
    """What of a form is not said in French or in Arabic, each by its name and the language."""
    for code, name in LANGUAGES.items():
        if not form.titles.get(code):
            yield f"form_title ({name})"
        for part in _parts(form.parts):
            # What is worked out is shown to nobody.
            if getattr(part, "kind", "") != "calculate" and not part.labels.get(code):
                yield f"{part.name} ({name})"
        for question in form.questions.values():
            for choice in question.choices:
                if not choice.labels.get(code):
                    yield f"{question.name} : {choice.name} ({name})"


def _parts(parts: tuple[Question | Section, ...]) -> Iterator[Question | Section]:
    for part in parts:
        yield part
        if isinstance(part, Section):
            yield from _parts(part.parts)
