"""The surveys that a person may see: to answer for a firm, to follow, to read."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from minassa.registry.public import allowed
from minassa.surveys.models import Asked, Survey
from minassa.surveys.policies import FIRM
from minassa.surveys.public import is_open
from minassa.talent.survey.elsewhere import asked_elsewhere
from minassa.talent.survey.forms import said
from minassa.talent.survey.sheets import workbook
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import language
from minassa.web.surveys.subjects import the_survey


@require_GET
@page("survey.list")
def surveys_page(request: PageRequest) -> HttpResponse:
    """What the person's firms are asked, and every survey for who reads results."""
    now, actor = timezone.now(), request.actor
    mine = Asked.objects.filter(enterprise__in=sorted(actor.enterprises(*FIRM)))
    context = {
        "asked": [
            {"row": one, "title": said(one.survey.titles, language()), "open": is_open(one.survey, now)}
            for one in mine.select_related("survey", "enterprise").order_by("-survey_id", "enterprise__name")
        ],
        "surveys": [
            {"row": one, "title": said(one.titles, language()), "open": is_open(one, now)}
            for one in (Survey.objects.order_by("-pk") if allowed(actor, "survey.results", None) else ())
        ],
        "makes": allowed(actor, "survey.keep"),
        "may": {name: allowed(actor, f"survey.{name}", None) for name in ("results", "follow", "study")},
    }
    return render(request, "web/surveys/list.html", context)


@require_GET
@page("survey.list", subject=the_survey)
def xlsform(_request: PageRequest, survey: Survey) -> HttpResponse:
    """The form itself, for ODK, KoboToolbox or whoever wants to read it."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(workbook(asked_elsewhere(survey.sheets)), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{survey.code}.xlsx"'
    return response
