"""Plans of premiums: asked in a form, sought by the worker, read at their address, sent on as a reform."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from minassa.entitlements.runs import Run, runs_in
from minassa.outlook.optimiser.grid import grid
from minassa.outlook.response import elasticities
from minassa.registry.public import Actor
from minassa.steering.plan_models import PremiumPlan
from minassa.steering.plans.asking import PlanRefused, Wish, ask, plans_for
from minassa.steering.plans.making import cells_asked
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import Amount
from minassa.web.claims.showing import month_words
from minassa.web.doing import UNPROCESSABLE, done_in
from minassa.web.indicators.exports import FORMATS, taken_away
from minassa.web.trials.plan_forms import PlanForm, asked_again, proposed
from minassa.web.trials.plan_showing import (
    Setting,
    as_reform,
    binding_shown,
    chosen,
    frontier_shown,
    settings_shown,
    whole,
)
from minassa.web.trials.showing import response_told

SHOWN: Final = 20
"""Plans listed, the last asked first."""


def the_plan(actor: Actor, plan: UUID) -> PremiumPlan:
    """The plan of an address; DoesNotExist when there is none."""
    return plans_for(actor).get(uuid=plan)


@require_http_methods(["GET", "HEAD", "POST"])
@page("plan.ask")
def plans(request: PageRequest) -> HttpResponse:
    """The form, and the plans that were asked for."""
    run = _latest()
    offered = _offered(run.path) if run is not None else 0
    form = PlanForm(request.POST or None, initial=_initial(request, offered))
    made: list[PremiumPlan] = []

    def act() -> None:
        made.append(ask(request.actor, form.wish(), timezone.now()))

    if request.method == "POST" and done_in(form, act, PlanRefused):
        return HttpResponseRedirect(reverse("plan", args=[made[0].uuid]))
    context = {
        "form": form,
        "run": run,
        "offered": offered,
        "grid": grid(),
        "plans": [(one, Wish(**one.wish)) for one in plans_for(request.actor)[:SHOWN]],
        "demonstration": settings.MINASSA_DEMONSTRATION,
    }
    return render(request, "web/trials/plans.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


@require_safe
@page("plan.ask", subject=the_plan)
def plan_page(request: PageRequest, plan: PremiumPlan) -> HttpResponse:
    """One plan: how far it is, then what it found under the response that the address names; its settings as a file."""
    found = plan.found or {}
    made = bool(found.get("responses"))
    if made and request.GET.get("format") in FORMATS:
        return _as_file(plan, request.GET["format"], request.GET.get("reponse", ""))
    context: dict[str, Any] = {
        "plan": plan,
        "wish": Wish(**plan.wish),
        "grid": grid(),
        "response": elasticities(),
        "refused": found.get("refused", ""),
        "demonstration": settings.MINASSA_DEMONSTRATION,
        **(_shown(request, plan) if made else {}),
    }
    return render(request, "web/trials/plan.html", context)


def _shown(request: PageRequest, plan: PremiumPlan) -> dict[str, Any]:
    found: dict[str, Any] = plan.found or {}
    answer, means = chosen(found, request.GET.get("reponse", ""))
    steps = frontier_shown(answer)
    return {
        "found": found,
        "until": month_words(found["until"]),
        "answer": answer,
        "jobs": whole(answer["jobs_hundredths"]),
        "gap": response_told(round(answer["gap_hundredths"])),
        "response_told": response_told(answer["elasticity_hundredths"]),
        "responses": [
            (one["elasticity_hundredths"], response_told(one["elasticity_hundredths"]), whole(one["jobs_hundredths"]))
            for one in found["responses"]
        ],
        "settings": settings_shown(found, answer),
        "binding": binding_shown(answer),
        "frontier": steps,
        "line": " ".join(f"{one.x},{one.y}" for one in steps),
        "means": means,
        "as_reform": as_reform(plan, means, request.path),
        "formats": FORMATS,
    }


def _as_file(plan: PremiumPlan, wanted: str, asked: str) -> HttpResponse:
    found: dict[str, Any] = plan.found or {}
    rows = settings_shown(found, chosen(found, asked)[0])
    headings = [_("Filière"), _("Région"), "PAE (%)", "PAF (%)", _("Coût d'une année"), _("Emplois")]
    return taken_away("plan-de-primes", wanted, headings, [_cells(one) for one in rows])


def _cells(one: Setting) -> tuple[str | int | Amount, ...]:
    rates = (f"{rate // 100}.{rate % 100:02}" for rate in (one.pae_rate, one.paf_rate))
    return (one.filiere, one.region, *rates, Amount(one.cost_year), one.jobs)


def _initial(request: PageRequest, offered: int) -> dict[str, Any]:
    """What the form begins with: a plan that the address names, to be asked again, else what is assumed."""
    try:
        again = PremiumPlan.objects.filter(uuid=UUID(request.GET.get("comme", ""))).first()
    except ValueError:
        again = None
    return asked_again(Wish(**again.wish)) if again is not None else proposed(offered)


def _latest() -> Run | None:
    runs = runs_in(settings.MINASSA_HOME / "runs")
    return runs[-1] if runs else None


@lru_cache(maxsize=4)
def _offered(run: Path) -> int:
    """What the offer gives in premiums in the last whole year of a run, in centimes; read once for each run."""
    return sum(cell.offered_year for cell in cells_asked(Run(run)))
