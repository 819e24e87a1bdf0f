"""Plans of seats that were asked for, and the form that asks for another one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minassa.registry.public import Forbidden, allowed
from minassa.talent.balance.parameters import parameters
from minassa.talent.seats.assumed import assumptions
from minassa.training.models import SeatPlan
from minassa.training.public import TrainingError, ask_plan, plans_for
from minassa.web.access import PageRequest, page
from minassa.web.doing import UNPROCESSABLE, done_in
from minassa.web.listing import PAGE_ROWS, paged, start_of
from minassa.web.training.forms import PlanForm


@require_http_methods(["GET", "HEAD", "POST"])
@page("training.view")
def seat_plans(request: PageRequest) -> HttpResponse:
    """The plans, the latest first; a new one is asked here and answered by the worker."""
    form = PlanForm(request.POST) if request.method == "POST" else PlanForm()
    made: list[SeatPlan] = []

    def act() -> None:
        made.append(ask_plan(request.actor, form.cleaned_data["name"], form.wanted(), timezone.now()))

    if request.method == "POST":
        if not allowed(request.actor, "seats.plan"):
            raise Forbidden(_("Vous lisez les plans ; d'autres les font."))
        if done_in(form, act, TrainingError):
            messages.success(request, _("Le plan est demandé : le résultat arrive sur cette page."))
            return HttpResponseRedirect(reverse("seat-plan", args=[made[0].uuid]))
    return render(request, "web/training/plans.html", _context(request, form), status=_status(form))


def _status(form: PlanForm) -> int:
    return UNPROCESSABLE if form.is_bound else 200


def _context(request: PageRequest, form: PlanForm) -> dict[str, Any]:
    start = start_of(request.GET)
    rows = plans_for(request.actor)
    shown = list(rows[start : start + PAGE_ROWS + 1])
    return {
        "form": form,
        "rows": shown[:PAGE_ROWS],
        "total": rows.count(),
        "may_plan": allowed(request.actor, "seats.plan"),
        "assumed": assumptions(),
        "balance": parameters(),
        "demonstration": settings.MINASSA_DEMONSTRATION,
        **paged(start, shown),
    }
