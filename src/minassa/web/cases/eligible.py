"""The guided check before a request: each condition of the offer, what the answers make of it, its texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minassa.onestop.procedure_schema import AskedField
from minassa.onestop.public import FieldType, InvalidAnswers, Reason, eligibility, questions, verdict
from minassa.registry.public import SIGNED_IN
from minassa.vocabulary.periods import month_of
from minassa.vocabulary.texts import text
from minassa.web.access import PageRequest, page
from minassa.web.cases.forms import AnswerForm, typed_value
from minassa.web.cases.showing import language


@dataclass(frozen=True, slots=True)
class Told:
    """A condition in words: held, not held or unknown, the questions that would tell, the texts with their articles."""

    reason: Reason
    unknown: list[str]
    texts: list[str]


@require_http_methods(["GET", "HEAD", "POST"])
@page(SIGNED_IN)
def eligibility_page(request: PageRequest) -> HttpResponse:
    """The questions, then what each answer does. Nothing is kept: the figures of a firm stand in no address."""
    asked = questions()
    answers, problems = _read(asked, request.POST)
    reasons: list[Reason] = []
    if request.method == "POST":
        try:
            reasons = eligibility(answers, month_of(timezone.localdate()))
        except InvalidAnswers as error:
            problems |= {str(key): str(said) for key, said in dict(error.details["problems"]).items()}  # type: ignore[call-overload]
    labels = {question.key: question.label.said(language()) for question in asked}
    context = {
        "form": AnswerForm(asked, {**answers, **_typed(problems, request.POST)}, problems=problems),
        "told": [_told(reason, labels) for reason in reasons],
        "verdict": verdict(reasons) if reasons else None,
        "done": bool(reasons),
    }
    return render(request, "web/cases/eligibility.html", context, status=422 if problems else 200)


def _read(asked: list[AskedField], posted: QueryDict) -> tuple[dict[str, Any], dict[str, str]]:
    """Answers brought to the types of the questions, and what is wrong with the others."""
    answers: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for question in asked:
        value = typed_value(question, str(posted[question.key])) if posted.get(question.key) else None
        if question.type is FieldType.BOOLEAN:
            answers[question.key] = {"yes": True, "no": False}.get(str(value))
        elif value is None or isinstance(value, int):
            answers[question.key] = value
        elif str(value).isdecimal() and len(str(value)) < 16:  # noqa: PLR2004 (longer than any figure asked)
            answers[question.key] = int(str(value))
        else:
            problems[question.key] = _("Écrivez un nombre positif.")
    return answers, problems


def _typed(problems: Mapping[str, str], posted: QueryDict) -> dict[str, str]:
    return {key: posted.get(key, "") for key in problems}


def _told(reason: Reason, labels: Mapping[str, str]) -> Told:
    return Told(reason, [labels[key] for key in reason.unknown], [_cited(citation) for citation in reason.texts])


def _cited(citation: str) -> str:
    _identifier, _mark, article = citation.partition("#")
    title = text(citation).title
    return f"{title}, {article}" if article else title
