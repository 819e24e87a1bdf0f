"""A plan of seats: what it gives, what holds it, in words; seats changed by hand and the plan sought again."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minassa.registry.public import allowed
from minassa.training.models import SeatPlan
from minassa.training.public import SOLVED, TrainingError, edit_plan, free_plan
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, exported
from minassa.web.training.showing import cells, headings, shown
from minassa.web.training.subjects import the_plan

LONGEST = 7
"""Digits of a number in a form, at most."""


@require_safe
@page("training.view", subject=the_plan)
def seat_plan(request: PageRequest, plan: SeatPlan) -> HttpResponse:
    """A plan, or its seats as a file."""
    answer = getattr(plan, "answer", None)
    if request.GET.get("format") in FORMATS and answer is not None and answer.outcome == SOLVED:
        return exported("plan-de-places", request.GET["format"], headings(answer), cells(answer))
    context = {
        "plan": plan,
        "answer": answer,
        "shown": shown(plan, answer, request.GET.get("region", "")) if answer else None,
        "may_plan": allowed(request.actor, "seats.plan"),
        "demonstration": settings.MINASSA_DEMONSTRATION,
        "followers": plan.followers.order_by("pk"),
    }
    return render(request, "web/training/plan.html", context)


@require_POST
@page("seats.plan", subject=the_plan)
def edit_seats(request: PageRequest, plan: SeatPlan) -> HttpResponse:
    """Fix seats by hand, or let them free again: the plan that follows is asked."""
    place = request.POST.get("place", "").split("|")
    seats, freed = request.POST.get("seats", ""), "free" in request.POST
    made: list[SeatPlan] = []
    try:
        programme, region, year = place[0], _number(place[1]), _number(place[2])
        if freed:
            made.append(free_plan(request.actor, plan, (programme, region, year), timezone.now()))
        else:
            made.append(edit_plan(request.actor, plan, (programme, region, year, _number(seats)), timezone.now()))
    except (IndexError, ValueError):
        messages.error(request, _("Choisissez un programme, une région et une année, et écrivez un nombre de places."))
    except TrainingError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Le plan est cherché à nouveau avec ce qui est fixé à la main."))
    return HttpResponseRedirect(reverse("seat-plan", args=[(made or [plan])[0].uuid]))


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > LONGEST:
        raise ValueError(text)
    return int(text)
