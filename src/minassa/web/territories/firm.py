"""The figures of a firm, for itself and for those allowed: jobs, amounts, claims, delays of its cases, indicators."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from minassa.claims.public import claims_for
from minassa.entitlements.runs import Run
from minassa.offer.catalogue import measure as measure_of
from minassa.onestop.public import Filters as CaseFilters
from minassa.onestop.public import cases_for
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, allowed
from minassa.steering.indicators.catalogue import Catalogue, Source, Unit
from minassa.steering.indicators.kept import latest_cube
from minassa.steering.indicators.one_firm import firm_amounts, firm_reading
from minassa.steering.indicators.reading import Reading
from minassa.vocabulary.periods import first_day
from minassa.web.access import PageRequest, page
from minassa.web.claims.lists import ordered, row_of
from minassa.web.enterprises.loading import enterprise
from minassa.web.home.firm import bars_of
from minassa.web.indicators import wording
from minassa.web.indicators.drawing import NARROW, WIDE, curve, spark
from minassa.web.indicators.listing import Row
from minassa.web.public.pages import language

MOST: Final = 8
"""Claims and cases shown before the whole list is offered."""
RECENT: Final = 18
QUALITY: Final = "quality"
"""The group of the indicators that tell what is to be checked."""


@require_safe
@page("firm.figures", subject=enterprise)
def firm_figures(request: PageRequest, firm: Enterprise) -> HttpResponse:
    """The page of a firm; it says so when the last run knows nothing of it."""
    actor = request.actor
    latest = latest_cube(settings.MINASSA_HOME) if firm.affiliation else None
    context: dict[str, Any] = {"firm": firm, "declared": False, **_claims(actor, firm), **_cases(actor, firm)}
    context["own"] = actor.may_act_for(firm.pk)
    if latest is not None and firm.affiliation is not None:
        context |= _figures(actor, firm, latest[0])
    return render(request, "web/territories/firm.html", context)


def _figures(actor: Actor, firm: Enterprise, run: Run) -> dict[str, Any]:
    """What the last run says of the firm; a firm knows its own people, others are told of no few persons."""
    reading = firm_reading(run, firm.affiliation or 0)
    if reading.months.is_empty():
        return {}
    sees = actor.may_act_for(firm.pk) or allowed(actor, "indicator.lines")
    return {
        "declared": True,
        "run": run.path.name,
        "until": first_day(run.until),
        **_jobs(reading),
        "amounts": [
            {"label": getattr(measure_of(one.measure).label, language()), "told": one}
            for one in firm_amounts(run, firm.affiliation or 0)
        ],
        "indicators": _indicators(reading, sees_persons=sees, sees_signs=allowed(actor, "indicator.view")),
    }


def _jobs(reading: Reading) -> dict[str, Any]:
    points = reading.points(Catalogue.all()["declared_jobs"])
    written = partial(wording.short, Unit.JOBS)
    made = [
        (name, curve(points, written, size, right_to_left=language() == "ar"))
        for name, size in (("wide", WIDE), ("narrow", NARROW))
    ]
    return {
        "curves": [pair for pair in made if pair[1] is not None],
        "unit": wording.axis_words(Unit.JOBS),
        "recent": [(first_day(one.period), one.value) for one in reversed(points[-RECENT:])],
    }


def _indicators(reading: Reading, *, sees_persons: bool, sees_signs: bool) -> list[Row]:
    """The indicators of the run; what is to be looked at in a firm is told to those who look, not to the firm."""
    rows = []
    for one in Catalogue.all().values():
        if one.source != Source.RUN or (one.group == QUALITY and not sees_signs):
            continue
        points = reading.points(one, sees_persons=sees_persons)
        if points:
            rows.append(Row(one, points[-1], spark(points)))
    return rows


def _claims(actor: Actor, firm: Enterprise) -> dict[str, Any]:
    """Its claims among those that the actor may know of, the last first."""
    if not allowed(actor, "claim.list"):
        return {"claims": None}
    found = claims_for(actor).filter(enterprise=firm)
    now = timezone.now()
    return {"claims": [row_of(one, now) for one in ordered(found, "-period")[:MOST]]}


def _cases(actor: Actor, firm: Enterprise) -> dict[str, Any]:
    """Its cases among those that the actor may know of, each with who held it."""
    if not allowed(actor, "case.list"):
        return {"cases": None}
    found = cases_for(actor, CaseFilters(enterprise=firm.pk), size=MOST)
    return {"cases": bars_of(found.rows, timezone.now())}
