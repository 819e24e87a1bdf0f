"""A new case: the choice of a procedure, its sheet in short, the enterprise it is for."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minassa.delays.figures import delay
from minassa.onestop.public import CaseError, Procedure, in_force, open_case
from minassa.registry.models import Enterprise, Power
from minassa.registry.public import SIGNED_IN, Actor, require
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import body_names


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a sheet: what it is, who does it, its delay in words (number and unit)."""

    title: object
    who: str
    days: int | None
    unit: str


@require_http_methods(["GET", "HEAD", "POST"])
@page(SIGNED_IN)
def new_case(request: PageRequest) -> HttpResponse:
    """Choose what to ask for; then the draft is opened."""
    firms = Enterprise.objects.filter(pk__in=request.actor.enterprises(Power.PREPARE, Power.SIGN)).order_by("name")
    if request.method == "POST":
        return _opened(request, list(firms))
    procedures = in_force(timezone.localdate())
    asked = request.GET.get("demarche", "")
    chosen = next((one for one in procedures if one.code == asked), None)
    context = {
        "firms": firms,
        "procedures": procedures,
        "chosen": chosen,
        "steps": _steps(chosen) if chosen else [],
        "decider": body_names().get(chosen.decision.by, "") if chosen else "",
        "firm_chosen": request.GET.get("entreprise", ""),
    }
    return render(request, "web/cases/new.html", context)


def _steps(procedure: Procedure) -> list[Step]:
    names, today = body_names(), timezone.localdate()
    found = []
    for step in procedure.steps:
        figure = delay(step.delay, today) if step.delay else None
        unit = figure.unit.value if figure else ""
        found.append(Step(step.title, names.get(step.who, step.who), figure.value if figure else None, unit))
    return found


def _opened(request: PageRequest, firms: list[Enterprise]) -> HttpResponse:
    posted = request.POST
    firm = next((one for one in firms if str(one.uuid) == posted.get("entreprise")), None)
    code = posted.get("demarche", "")
    if firm is None:
        require_mandate(request.actor, firms)
        messages.error(request, _("Choisissez l'entreprise pour laquelle le dossier est ouvert."))
        return HttpResponseRedirect(f"{reverse('case-new')}?demarche={code if code.isidentifier() else ''}")
    try:
        case = open_case(request.actor, firm, code, timezone.now())
    except CaseError as error:
        messages.error(request, error.message)
        return HttpResponseRedirect(reverse("case-new"))
    messages.success(request, _("Le brouillon est ouvert : il se garde, vous pouvez y revenir quand vous voulez."))
    return HttpResponseRedirect(reverse("case-draft", args=[case.uuid]))


def require_mandate(actor: Actor, firms: list[Enterprise]) -> None:
    """Forbidden for who may act for no enterprise at all."""
    if not firms:
        require(actor, "case.new", Enterprise(pk=0))
