"""Open answers in themes: groups proposed by a stated method, confirmed, named and mended by a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.registry.public import Actor, require
from minassa.surveys.answering import form_of_survey
from minassa.surveys.errors import SurveyError
from minassa.surveys.models import Submission, Survey, Theme, ThemedAnswer
from minassa.surveys.parameters import survey_control
from minassa.talent.survey.themes import MOST, grouped

LONGEST: Final = 120
LANGUAGES: Final = ("fr", "ar", "en")


@dataclass(frozen=True, slots=True)
class Said:
    """An open answer as it was last sent: the submission, never the firm."""

    submission: int
    text: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A group of answers that awaits a person: what they say, and the words that set them apart."""

    answers: tuple[Said, ...]
    told: tuple[str, ...]


def open_questions(survey: Survey) -> list[str]:
    """The questions of a form that are answered in words, outside of repeats."""
    form = form_of_survey(survey)
    return [one.name for one in form.questions.values() if one.kind == "text" and one.name not in form.repeat_of]


def said(survey: Survey, question: str) -> list[Said]:
    """What was last answered to an open question, in the order of the submissions."""
    last = Submission.objects.filter(asked__survey=survey).order_by("asked", "-number").distinct("asked")
    rows = sorted(last, key=lambda one: one.pk)[:MOST]
    told = [Said(one.pk, str(one.answers.get(question, "")).strip()) for one in rows]
    return [one for one in told if one.text]


def proposed(survey: Survey, question: str) -> list[Proposed]:
    """Groups of the answers that stand in no theme yet."""
    taken = set(ThemedAnswer.objects.filter(theme__survey=survey, out_by="").values_list("submission", flat=True))
    left = [one for one in said(survey, question) if one.submission not in taken]
    return [
        Proposed(tuple(left[rank] for rank in one.members), one.told) for one in grouped([one.text for one in left])
    ]


def confirm(
    actor: Actor, survey: Survey, question: str, names: Mapping[str, str], submissions: Sequence[int], at: datetime
) -> Theme:
    """A person makes a theme of answers. SurveyError without a name in French and Arabic, or without answers of it."""
    require(actor, "survey.theme", survey)
    told = {name: " ".join(names.get(name, "").split())[:LONGEST] for name in LANGUAGES}
    if not told["fr"] or not told["ar"]:
        raise SurveyError(_("Nommez le thème en français et en arabe."))
    known = {one.submission for one in said(survey, question)}
    chosen = [one for one in dict.fromkeys(submissions) if one in known]
    if not chosen:
        raise SurveyError(_("Choisissez les réponses qui disent cela."))
    with transaction.atomic():
        made = Theme.objects.create(
            survey=survey, question=question, names={**told, "en": told["en"] or told["fr"]}, by=str(actor), at=at
        )
        ThemedAnswer.objects.bulk_create(
            ThemedAnswer(theme=made, submission_id=one, by=str(actor), at=at) for one in chosen
        )
        append(f"survey-theme:{made.uuid}", "survey.theme-confirmed", str(actor), {"answers": len(chosen)}, at)
    return made


def take_out(actor: Actor, themed: ThemedAnswer, at: datetime) -> None:
    """Take an answer out of a theme; nothing for one that is out."""
    require(actor, "survey.theme", themed.theme.survey)
    with transaction.atomic():
        changed = ThemedAnswer.objects.filter(pk=themed.pk, out_by="").update(out_by=str(actor), out_at=at)
        if changed:
            append(f"survey-theme:{themed.theme.uuid}", "survey.theme-left", str(actor), {"answer": themed.pk}, at)


def themes_of(survey: Survey) -> QuerySet[Theme]:
    """The themes of a survey, the first first."""
    return Theme.objects.filter(survey=survey).order_by("pk")


def themes_of_enterprises(enterprises: Collection[int]) -> QuerySet[Theme]:
    """The themes that answers of these firms stand in."""
    held = ThemedAnswer.objects.filter(out_by="", submission__asked__enterprise__in=enterprises)
    return Theme.objects.filter(pk__in=held.values("theme")).order_by("pk")


def firms_of(theme: Theme) -> int | None:
    """How many firms say a theme; None where they are too few to be told."""
    firms = theme.answers.filter(out_by="").values("submission__asked__enterprise").distinct().count()
    return firms if firms >= survey_control().fewest_firms.value else None
