"""The titles that await a person, with candidates; the answers already given; the occupations of the registers."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from minassa.entitlements.runs import runs_in
from minassa.outlook.disclosure.parameters import control
from minassa.registry.public import allowed
from minassa.talent.matching.referenced import lexicon_with_reference
from minassa.titles.public import (
    STREAM,
    Answer,
    InEffect,
    Origin,
    Question,
    Registers,
    TitleError,
    answer,
    ask,
    in_effect,
    registers_of,
    waiting,
)
from minassa.web.access import PageRequest, page
from minassa.web.doing import done_or_told
from minassa.web.journaled import lines_of
from minassa.web.listing import paged, start_of
from minassa.web.titles.showing import choices, language, shown

PAGE: Final = 20
ANSWERS_SHOWN: Final = 20
OCCUPATIONS_SHOWN: Final = 60
KINDS: Final = {
    "titles.asked": gettext_lazy("titres envoyés à une personne"),
    "titles.answered": gettext_lazy("titre tranché"),
}


@require_safe
@page("title.read")
def titles_queue(request: PageRequest) -> HttpResponse:
    """The queue, a page of it."""
    effect, start = in_effect(), start_of(request.GET)
    questions = waiting()
    some = list(questions[start : start + PAGE + 1])
    registers = _registers()
    context = {
        "rows": _beside(effect, some[:PAGE]),
        "total": questions.count(),
        "choices": choices(lexicon_with_reference().concepts.values()),
        "answers": _answers(),
        "registers": registers,
        "occupations": _occupations(registers),
        "least": control(),
        "may_answer": allowed(request.actor, "title.answer"),
        "demonstration": settings.MINASSA_DEMONSTRATION,
        "journal": lines_of(request.actor, STREAM, KINDS, {})[:ANSWERS_SHOWN],
        **paged(start, some, PAGE),
    }
    return render(request, "web/titles/queue.html", context)


@require_POST
@page("title.ask")
def ask_title(request: PageRequest) -> HttpResponse:
    """Put a typed title before a person."""
    title = request.POST.get("titre", "")
    done_or_told(
        request,
        lambda: ask(request.actor, [title], Origin.TYPED, timezone.now()),
        _("Le titre attend une personne."),
        TitleError,
    )
    return HttpResponseRedirect(reverse("titles-queue"))


@require_POST
@page("title.answer")
def answer_title(request: PageRequest) -> HttpResponse:
    """Say what a title is; `aucun` says that it names no occupation."""
    title, concept = request.POST.get("titre", ""), request.POST.get("metier", "")

    def act() -> object:
        if not concept:
            raise TitleError(_("Choisissez un métier, ou dites qu'il n'y en a pas."))
        return answer(request.actor, title, "" if concept == "aucun" else concept, timezone.now())

    done_or_told(request, act, _("Votre réponse entre dans le lexique en vigueur."), TitleError)
    return HttpResponseRedirect(reverse("titles-queue"))


def _beside(effect: InEffect, questions: list[Question]) -> list[dict[str, Any]]:
    found = effect.recognise([question.title for question in questions], 3) if questions else []
    return [
        {"question": question, "verdict": shown(one, said_none=False)}
        for question, one in zip(questions, found, strict=True)
    ]


def _answers() -> list[dict[str, Any]]:
    concepts = lexicon_with_reference().concepts
    rows = Answer.objects.order_by("-pk")[:ANSWERS_SHOWN]
    return [
        {"answer": row, "name": concepts[row.concept].label(language()) if row.concept in concepts else ""}
        for row in rows
    ]


def _registers() -> Registers | None:
    runs = runs_in(settings.MINASSA_HOME / "runs")
    return registers_of(settings.MINASSA_HOME, runs[-1].path.name) if runs else None


def _occupations(registers: Registers | None) -> list[dict[str, Any]]:
    """The occupations that may be told, most held first; those of few people are counted together by the page."""
    concepts = lexicon_with_reference().concepts
    held = [one for one in registers.occupations if one.people is not None] if registers else []
    return [
        {"name": concepts[one.concept].label(language()), "isco": one.isco, "people": one.people}
        for one in held[:OCCUPATIONS_SHOWN]
        if one.concept in concepts
    ]
