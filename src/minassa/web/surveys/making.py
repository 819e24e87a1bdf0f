"""Questionnaires: brought, looked at as firms will see them, and put to a sample drawn from the register."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from minassa.claims.public import all_runs
from minassa.surveys.models import Questionnaire, Survey
from minassa.surveys.public import Plan, Untranslated, frame_of, keep, open_survey, survey_parameters
from minassa.talent.survey.answers import read_answers
from minassa.talent.survey.forms import form_of, said
from minassa.talent.survey.sheets import LARGEST_FILE
from minassa.vocabulary.errors import MinassaError
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import language
from minassa.web.doing import UNPROCESSABLE, done_in
from minassa.web.surveys.answering import Asking, asking_of
from minassa.web.surveys.subjects import the_questionnaire

SHOWN: Final = 50
MOST_FIRMS: Final = 20_000


class QuestionnaireForm(forms.Form):
    """The workbook of a questionnaire."""

    file = forms.FileField(
        label=gettext_lazy("Questionnaire (XLSForm, classeur XLSX)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx", "class": "form-control"}),
    )


class DrawForm(forms.Form):
    """How a questionnaire is put to firms."""

    opens_on = forms.DateField(label=gettext_lazy("Premier jour"), widget=forms.DateInput(attrs={"type": "date"}))
    closes_on = forms.DateField(label=gettext_lazy("Dernier jour"), widget=forms.DateInput(attrs={"type": "date"}))
    size = forms.IntegerField(
        label=gettext_lazy("Entreprises à interroger"),
        min_value=1,
        max_value=MOST_FIRMS,
        help_text=gettext_lazy("Autant ou plus que le registre n'en a : toutes."),
    )
    seed = forms.CharField(
        label=gettext_lazy("Graine du tirage"),
        max_length=64,
        help_text=gettext_lazy("Avec la même graine, le même tirage : dites-la avant de tirer."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page("survey.keep")
def questionnaires_page(request: PageRequest) -> HttpResponse:
    """Questionnaires kept; bring another."""
    form = QuestionnaireForm(request.POST, request.FILES) if request.method == "POST" else QuestionnaireForm()
    made: list[Questionnaire] = []
    missing: list[str] = []

    def act() -> None:
        content = form.cleaned_data["file"].read(LARGEST_FILE + 1)
        try:
            made.append(keep(request.actor, content, timezone.now(), synthetic=settings.MINASSA_DEMONSTRATION))
        except Untranslated as refusal:
            missing.extend(refusal.missing)
            raise

    if request.method == "POST" and done_in(form, act, MinassaError):
        messages.success(request, _("Le questionnaire est gardé : relisez-le, puis tirez les entreprises."))
        return HttpResponseRedirect(reverse("survey-questionnaire", args=[made[0].uuid]))
    rows = [(one, said(one.titles, language())) for one in Questionnaire.objects.order_by("-pk")[:SHOWN]]
    context = {"form": form, "missing": missing, "rows": rows}
    return render(request, "web/surveys/questionnaires.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page("survey.draw", subject=the_questionnaire)
def questionnaire_page(request: PageRequest, row: Questionnaire) -> HttpResponse:
    """A questionnaire as firms will see it; draw the firms that it is put to."""
    initial = {
        "size": survey_parameters()["sample_size"].value,
        "opens_on": timezone.localdate(),
        "seed": f"{row.code}-{timezone.localdate():%Y%m%d}",
    }
    form = DrawForm(request.POST) if request.method == "POST" else DrawForm(initial=initial)
    made: list[Survey] = []

    def act() -> None:
        made.append(_drawn(request, row, form.cleaned_data))

    if request.method == "POST" and done_in(form, act, MinassaError):
        messages.success(request, _("Les entreprises sont tirées : l'enquête s'ouvre à son premier jour."))
        return HttpResponseRedirect(reverse("surveys"))
    context = {
        "row": row,
        "title": said(row.titles, language()),
        "questions": preview(row),
        "form": form,
        "surveys": Survey.objects.filter(form_digest=row.digest).order_by("-pk"),
    }
    return render(request, "web/surveys/questionnaire.html", context, status=UNPROCESSABLE if form.errors else 200)


def preview(row: Questionnaire) -> list[Asking]:
    """The questions that an empty form shows, in the language of the page."""
    found = read_answers(form_of(row.sheets), {}, timezone.localdate())
    return [asking_of(one, "") for one in found.shown]


def _drawn(request: PageRequest, row: Questionnaire, given: dict[str, Any]) -> Survey:
    runs = all_runs()
    firms = frame_of(runs[-1]) if runs else []
    plan = Plan(row.sheets, given["opens_on"], given["closes_on"], given["seed"], given["size"])
    run = runs[-1].path.name if runs else ""
    return open_survey(request.actor, plan, firms, timezone.now(), run=run, synthetic=settings.MINASSA_DEMONSTRATION)
