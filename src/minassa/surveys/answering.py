"""A firm answers: a draft kept and resumed, answers sent once, corrected until the survey closes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache

from django.utils.translation import gettext as _

from minassa.delays import instant_of, local_day
from minassa.proof import canonical_bytes
from minassa.registry.acting import RowAct, acting_on_row
from minassa.registry.public import Actor
from minassa.surveys.errors import AnswersRefused, StaleDraft, SurveyClosed
from minassa.surveys.models import Asked, AskedState, Source, Submission, Survey
from minassa.talent.survey.answers import Answers, Reading, read_answers
from minassa.talent.survey.forms import Form, form_of


def form_of_survey(survey: Survey) -> Form:
    """The form of a survey, as it was frozen."""
    return _form(survey.pk, survey.form_digest)


@lru_cache(maxsize=8)
def _form(survey_id: int, _digest: str) -> Form:
    return form_of(Survey.objects.values_list("sheets", flat=True).get(pk=survey_id))


def is_open(survey: Survey, at: datetime) -> bool:
    """Whether answers are taken at this instant: from the first day to the last one, both included."""
    return survey.opens_on <= local_day(instant_of(at)) <= survey.closes_on


def current_answers(asked: Asked) -> Answers:
    """What the firm reads when it comes back: its draft, else what it sent."""
    if asked.draft:
        return dict(asked.draft)
    last = asked.submissions.order_by("-number").first()
    return dict(last.answers) if last else {}


def read(asked: Asked, given: Answers, at: datetime) -> Reading:
    """What the form makes of answers of a firm."""
    return read_answers(form_of_survey(asked.survey), given, local_day(instant_of(at)))


def save_draft(actor: Actor, asked: Asked, given: Answers, at: datetime, *, expected: int | None = None) -> None:
    """Keep answers as a draft, right or wrong. SurveyClosed, StaleDraft."""
    with _acting(actor, asked, at, expected) as act:
        state = AskedState.ANSWERED if act.row.state == AskedState.ANSWERED else AskedState.DRAFT
        act.set(draft=read(act.row, given, at).answers, state=state)


def submit(
    actor: Actor,
    asked: Asked,
    given: Answers,
    at: datetime,
    *,
    source: str = Source.PAGE,
    language: str = "",
    expected: int | None = None,
) -> Submission:
    """Send answers. AnswersRefused when the form does not accept them, SurveyClosed, StaleDraft."""
    with _acting(actor, asked, at, expected) as act:
        found = read(act.row, given, at)
        if found.problems:
            raise AnswersRefused(_("Des réponses manquent ou ne conviennent pas : elles sont signalées plus bas."))
        return record(act, found.answers, source, language)


def record(act: RowAct[Asked], answers: Answers, source: str, language: str) -> Submission:
    """One more submission of a locked firm; the journal keeps its digest alone."""
    number = act.row.submissions.count() + 1
    made = Submission.objects.create(
        asked=act.row,
        number=number,
        answers=answers,
        digest=hashlib.sha256(canonical_bytes(answers)).hexdigest(),
        source=source,
        language=language[:2],
        by=str(act.actor),
        at=act.at,
    )
    act.set(state=AskedState.ANSWERED, draft={}, reason="")
    act.tell("survey.answered", number=number, digest=made.digest)
    return made


@contextmanager
def _acting(actor: Actor, asked: Asked, at: datetime, expected: int | None) -> Iterator[RowAct[Asked]]:
    with acting_on_row(asked, lambda row: act_of(row, actor, at), actor, "survey.answer", expected, _stale) as act:
        if not is_open(act.row.survey, at):
            raise SurveyClosed(_("Cette enquête n'est pas ouverte : elle ne prend plus de réponse."))
        yield act


def act_of(row: Asked, actor: Actor, at: datetime) -> RowAct[Asked]:
    """The act on a locked firm of a sample, told in the stream of its survey."""
    return RowAct(row, actor, at, f"survey:{row.survey_id}:{row.pk}")


def _stale(_row: Asked) -> StaleDraft:
    return StaleDraft(_("Quelqu'un de votre entreprise a changé ces réponses entre-temps : relisez, puis recommencez."))
