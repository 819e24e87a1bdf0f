"""Open answers in themes: groups proposed, confirmed by a person; names of themes for who reads results."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minassa.registry.public import allowed, require
from minassa.surveys.models import Survey, ThemedAnswer
from minassa.surveys.public import (
    SurveyError,
    confirm,
    firms_of,
    form_of_survey,
    open_questions,
    proposed,
    take_out,
    themes_of,
)
from minassa.talent.survey.forms import said
from minassa.talent.survey.themes import NEAR, SHORTEST, STEM
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import language
from minassa.web.chain.following import chains_from
from minassa.web.doing import done_or_told
from minassa.web.surveys.subjects import the_survey

A_PERCENT = 100


@require_http_methods(["GET", "HEAD", "POST"])
@page("survey.results", subject=the_survey)
def themes_page(request: PageRequest, survey: Survey) -> HttpResponse:
    """Themes of a survey; for who studies answers, those that are proposed, to be confirmed."""
    questions = open_questions(survey)
    chosen = request.GET.get("question", "") if request.GET.get("question") in questions else next(iter(questions), "")
    if request.method == "POST":
        require(request.actor, "survey.theme", survey)
        act = _take_out if "out" in request.POST else _confirm
        done_or_told(request, lambda: act(request, survey, chosen), _("C'est noté."), SurveyError)
        return HttpResponseRedirect(f"{reverse('survey-themes', args=[survey.uuid])}?question={chosen}")
    form, makes = form_of_survey(survey), allowed(request.actor, "survey.theme", survey)
    context: dict[str, Any] = {
        "survey": survey,
        "title": said(survey.titles, language()),
        "questions": [(name, said(form.questions[name].labels, language())) for name in questions],
        "chosen": chosen,
        "makes": makes,
        "proposals": proposed(survey, chosen) if makes and chosen else [],
        "themes": [_told(request, one, makes=makes) for one in themes_of(survey).filter(question=chosen)],
        "recommends": allowed(request.actor, "recommendation.write"),
        "method": {"letters": STEM, "shortest": SHORTEST, "near": round(NEAR * A_PERCENT)},
    }
    return render(request, "web/surveys/themes.html", context)


def _told(request: PageRequest, theme: Any, *, makes: bool) -> dict[str, Any]:  # noqa: ANN401 (a theme)
    """A theme in the words of the page; its answers for who studies them alone."""
    held = theme.answers.filter(out_by="").select_related("submission").order_by("pk") if makes else ()
    return {
        "theme": theme,
        "name": theme.names[language()],
        "firms": firms_of(theme),
        "answers": [(one.pk, str(one.submission.answers.get(theme.question, ""))) for one in held],
        "chains": chains_from(request.actor, "theme", [str(theme.uuid)]),
    }


def _confirm(request: PageRequest, survey: Survey, question: str) -> None:
    names = {name: request.POST.get(name, "") for name in ("fr", "ar", "en")}
    chosen = [int(one) for one in request.POST.getlist("answer") if one.isdecimal() and len(one) < 18]  # noqa: PLR2004
    confirm(request.actor, survey, question, names, chosen, timezone.now())


def _take_out(request: PageRequest, survey: Survey, _question: str) -> None:
    number = request.POST.get("out", "")
    found = ThemedAnswer.objects.filter(theme__survey=survey, pk=int(number)) if number.isdecimal() else None
    themed = found.first() if found is not None else None
    if themed is None:
        raise Http404
    take_out(request.actor, themed, timezone.now())
