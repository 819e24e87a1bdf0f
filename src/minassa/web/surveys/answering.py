"""A firm answers a survey: one page in its language, re-read on the server at each step, kept as a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from minassa.surveys.models import Asked, AskedState
from minassa.surveys.public import current_answers, form_of_survey, is_open, read, save_draft, submit
from minassa.talent.survey.answers import MOST_TURNS, Answers, Problem, Shown, from_fields
from minassa.talent.survey.forms import Question, Section, said
from minassa.vocabulary.errors import MinassaError
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.cases.showing import language
from minassa.web.doing import status_of
from minassa.web.surveys.subjects import the_firm_asked

WRONG: Final = {
    "required": gettext_lazy("Cette réponse est nécessaire."),
    "integer": gettext_lazy("Écrivez un nombre entier, en chiffres."),
    "decimal": gettext_lazy("Écrivez un nombre."),
    "date": gettext_lazy("Écrivez une date, par exemple 2026-12-31."),
    "select_one": gettext_lazy("Choisissez une réponse de la liste."),
    "select_multiple": gettext_lazy("Choisissez des réponses de la liste."),
    "text": gettext_lazy("Ce texte est trop long."),
    "constraint": gettext_lazy("Cette réponse ne convient pas."),
}


@dataclass(frozen=True, slots=True)
class Asking:
    """A question, or the head of a section or of a turn, in the words of the page."""

    path: str
    kind: str
    label: str
    hint: str = ""
    value: str = ""
    required: bool = False
    error: str = ""
    choices: tuple[tuple[str, str, bool], ...] = ()
    turn: int = 0

    @property
    def ident(self) -> str:
        """The identifier of its field."""
        return "q-" + self.path.replace(".", "-")


@require_http_methods(["GET", "HEAD", "POST"])
@page("survey.answer", subject=the_firm_asked)
def answer_page(request: PageRequest, asked: Asked) -> HttpResponse:
    """Read the form, show what an answer opens, keep a draft, add a turn of a repeat, or send."""
    if request.method != "POST":
        return _shown(request, asked, current_answers(asked))
    act, form = request.POST.get("act", "save"), form_of_survey(asked.survey)
    given = from_fields(form, {name: request.POST.getlist(name) for name in request.POST})
    repeat = act.removeprefix("add.")
    if repeat in form.repeats:
        turns = given.get(repeat)
        given[repeat] = [*(turns if isinstance(turns, list) else []), {}][:MOST_TURNS]
    if act == "check":
        # Asked by the page itself at each change: it writes nothing, or who sends at once would be told of another.
        return _shown(request, asked, given)
    try:
        return _done(request, asked, given, act)
    except MinassaError as refusal:
        asked.refresh_from_db()
        return _shown(request, asked, given, refusal=refusal, told=act == "submit")


def _done(request: PageRequest, asked: Asked, given: Answers, act: str) -> HttpResponse:
    now, version = timezone.now(), version_of(request.POST)
    if act == "submit":
        submit(request.actor, asked, given, now, language=language(), expected=version)
        messages.success(request, _("Vos réponses sont envoyées. Vous pouvez les corriger jusqu'à la clôture."))
        return HttpResponseRedirect(reverse("surveys"))
    save_draft(request.actor, asked, given, now, expected=version)
    if act == "save":
        messages.success(request, _("Le brouillon est enregistré : vous pouvez revenir plus tard."))
        return HttpResponseRedirect(reverse("survey-answer", args=[asked.uuid]))
    return _shown(request, asked, given)


def _shown(
    request: PageRequest, asked: Asked, given: Answers, *, refusal: MinassaError | None = None, told: bool = False
) -> HttpResponse:
    now = timezone.now()
    found = read(asked, given, now)
    problems = found.problems if told else tuple(one for one in found.problems if one.kind != "required")
    errors = {one.path: _sentence(one) for one in problems}
    questions = [asking_of(one, errors.get(one.path, "")) for one in found.shown]
    context: dict[str, Any] = {
        "asked": asked,
        "title": said(asked.survey.titles, language()),
        "questions": questions,
        "wrong": [one for one in questions if one.error],
        "error": refusal,
        "open": is_open(asked.survey, now),
        "sent": asked.state == AskedState.ANSWERED,
    }
    status = status_of(refusal) if refusal else 200
    return render(request, "web/surveys/answer.html", context, status=status)


def _sentence(problem: Problem) -> str:
    return said(problem.words, language()) if problem.words else str(WRONG[problem.kind])


def asking_of(shown: Shown, error: str) -> Asking:
    """What is shown of a form, in the words of the page, with what is wrong in it."""
    part, words = shown.part, language()
    if isinstance(part, Section):
        if shown.turn is not None:
            return Asking(shown.path, "turn", said(part.labels, words), turn=shown.turn + 1)
        return Asking(shown.path, "repeat" if part.repeated else "section", said(part.labels, words))
    return _question(part, shown, error, words)


def _question(part: Question, shown: Shown, error: str, words: str) -> Asking:
    return Asking(
        path=shown.path,
        kind=part.kind,
        label=said(part.labels, words),
        hint=said(part.hints, words) if part.hints else "",
        value=shown.value,
        required=part.required,
        error=error,
        choices=tuple((one.name, said(one.labels, words), one.name in shown.selected) for one in part.choices),
    )
