"""Answers of another tool brought to a survey: the file read and told line by line, then taken by a second act."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from minassa.surveys.models import ImportFile, ImportState, Survey
from minassa.surveys.public import form_of_survey, prepare, take_prepared
from minassa.talent.survey.exported import Tool
from minassa.talent.survey.forms import Form, said
from minassa.talent.survey.tables import LARGEST
from minassa.vocabulary.errors import MinassaError
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import language
from minassa.web.doing import UNPROCESSABLE
from minassa.web.surveys.subjects import the_survey

TOOLS: Final = {Tool.ODK: "ODK Central", Tool.KOBO: "KoboToolbox", Tool.LIMESURVEY: "LimeSurvey"}
RULES: Final = {
    "no_instance": gettext_lazy("cette réponse n'a pas d'identifiant"),
    "twice": gettext_lazy("cette réponse est deux fois dans le fichier"),
    "unfinished": gettext_lazy("cette réponse n'a pas été envoyée"),
    "outside_days": gettext_lazy("envoyée hors des jours de l'enquête"),
    "no_ice": gettext_lazy("aucun ICE : la question « ice » manque, ou n'a pas de réponse"),
    "not_asked": gettext_lazy("l'ICE n'est d'aucune entreprise interrogée"),
    "answered_here": gettext_lazy("cette entreprise a répondu sur nos pages : sa réponse reste"),
    "orphans": gettext_lazy("lignes de répétitions qu'aucune réponse ne porte"),
    "required": gettext_lazy("réponse nécessaire"),
    "constraint": gettext_lazy("réponse que le formulaire refuse"),
}
MOST_SHOWN: Final = 200


@require_http_methods(["GET", "HEAD", "POST"])
@page("survey.import", subject=the_survey)
def import_page(request: PageRequest, survey: Survey) -> HttpResponse:
    """Send a file; then read what is wrong in it, and take the rest."""
    if request.method != "POST":
        return _shown(request, survey, _prepared(survey, request.GET.get("fichier", "")))
    held = _prepared(survey, request.POST.get("prepared", ""))
    try:
        if held is not None:
            return _taken(request, survey, held)
        sent = request.FILES.get("file")
        if sent is None:
            return _shown(request, survey, None, _("Choisissez un fichier."))
        made = prepare(request.actor, survey, sent.read(LARGEST + 1), timezone.now())
    except MinassaError as refusal:
        return _shown(request, survey, held, refusal.message)
    return HttpResponseRedirect(f"{reverse('survey-import', args=[survey.uuid])}?fichier={made.uuid}")


def _taken(request: PageRequest, survey: Survey, held: ImportFile) -> HttpResponse:
    number = take_prepared(request.actor, held, timezone.now())
    told = ngettext("%(number)s réponse importée.", "%(number)s réponses importées.", number) % {"number": number}
    messages.success(request, told)
    return HttpResponseRedirect(reverse("survey-following", args=[survey.uuid]))


def _prepared(survey: Survey, uuid: str) -> ImportFile | None:
    try:
        return ImportFile.objects.filter(survey=survey, uuid=UUID(uuid)).first()
    except ValueError:
        return None


def _shown(request: PageRequest, survey: Survey, held: ImportFile | None, error: str = "") -> HttpResponse:
    context: dict[str, Any] = {
        "survey": survey,
        "title": said(survey.titles, language()),
        "held": held,
        "error": error,
        "earlier": ImportFile.objects.filter(survey=survey, state=ImportState.TAKEN).order_by("-pk")[:10],
        "tools": TOOLS.values(),
    }
    if held is not None:
        form = form_of_survey(survey)
        context |= {
            "tool": TOOLS[Tool(held.tool)],
            "good": len(held.rows),
            "faults": [(line, _rule(rule), _named(form, column)) for line, rule, column in held.faults[:MOST_SHOWN]],
            "more": max(len(held.faults) - MOST_SHOWN, 0),
            "wrong_lines": len({line for line, _rule_code, _column in held.faults}),
            "waits": held.state == ImportState.PREPARED,
        }
    return render(request, "web/surveys/import.html", context, status=UNPROCESSABLE if error else 200)


def _rule(code: str) -> str:
    return str(RULES.get(code) or _("ce n'est pas une réponse que la question admet"))


def _named(form: Form, path: str) -> str:
    """The question of a fault in words; its path (turn included) beside it when it stands in a repeat."""
    question = form.questions.get(path.rpartition(".")[2])
    return said(question.labels, language()) if question else path
