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
from minassa.training.models import SeatAnswer, SeatPlan
from minassa.training.public import (
    SOLVED,
    TrainingError,
    accept_adjustment,
    digest_of,
    edit_plan,
    free_plan,
    proposals_to_decide,
    propose_plan,
    proposed_at,
    withdraw_plan,
)
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, exported
from minassa.web.doing import done_or_told
from minassa.web.training.following import envelope_cells, envelope_headings, following
from minassa.web.training.showing import cells, headings, shown
from minassa.web.training.subjects import the_plan

LONGEST = 7
"""Digits of a number in a form, at most."""


@require_safe
@page("training.view", subject=the_plan)
def seat_plan(request: PageRequest, plan: SeatPlan) -> HttpResponse:
    """A plan, or its seats as a file."""
    answer: SeatAnswer | None = getattr(plan, "answer", None)
    solved = answer if answer is not None and answer.outcome == SOLVED else None
    if request.GET.get("format") in FORMATS and solved:
        if request.GET.get("objet") == "enveloppes":
            rows = envelope_cells(solved)
            return exported("enveloppes-du-plan", request.GET["format"], envelope_headings(), rows)
        return exported("plan-de-places", request.GET["format"], headings(solved), cells(solved))
    context = {
        "plan": plan,
        "answer": answer,
        "shown": shown(plan, answer, request.GET.get("region", "")) if answer else None,
        "following": following(plan, solved) if solved else None,
        "proposals": [
            {"put": one, "ruling": getattr(one, "ruling", None), "same": one.digest == digest_of(plan)}
            for one in plan.proposals.select_related("ruling").order_by("-pk")
        ],
        "may_propose": allowed(request.actor, "seats.propose", plan),
        "may_plan": allowed(request.actor, "seats.plan"),
        "demonstration": settings.MINASSA_DEMONSTRATION,
        "followers": plan.followers.order_by("pk"),
    }
    return render(request, "web/training/plan.html", context)


@require_POST
@page("seats.plan", subject=the_plan)
def edit_seats(request: PageRequest, plan: SeatPlan) -> HttpResponse:
    """Fix seats by hand or as insertion proposes, or let them free again: the plan that follows is asked."""
    place = request.POST.get("place", "").split("|")
    seats, freed = request.POST.get("seats", ""), "free" in request.POST
    made: list[SeatPlan] = []
    try:
        programme, region = place[0], _number(place[1])
        year = _number(place[2]) if "accept" not in request.POST else 0
        if not year:
            made.append(_accepted(request, plan, programme, region))
        elif freed:
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


@require_POST
@page("seats.propose", subject=the_plan)
def propose_seat_plan(request: PageRequest, plan: SeatPlan) -> HttpResponse:
    """Put a plan to a committee, or take the proposal back."""
    if "withdraw" in request.POST:
        waiting = proposals_to_decide().filter(plan=plan).first()
        if waiting is not None:
            done_or_told(
                request, lambda: withdraw_plan(request.actor, waiting, timezone.now()), _("La proposition est retirée.")
            )
    else:
        ground = request.POST.get("ground", "")
        said = _("Le plan attend une séance : le secrétariat le met à un ordre du jour.")
        done_or_told(request, lambda: propose_plan(request.actor, plan, ground, timezone.now()), said)
    return HttpResponseRedirect(reverse("seat-plan", args=[plan.uuid]) + "#comite")


def _accepted(request: PageRequest, plan: SeatPlan, programme: str, region: int) -> SeatPlan:
    """The plan that follows, with what insertion proposes now for a programme and region. TrainingError for nothing."""
    proposed = proposed_at(plan, programme, region) if hasattr(plan, "answer") else None
    if proposed is None:
        raise TrainingError(_("L'insertion mesurée ne propose rien pour ce programme et cette région."))
    return accept_adjustment(request.actor, plan, proposed.accepted(), timezone.now())


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > LONGEST:
        raise ValueError(text)
    return int(text)
