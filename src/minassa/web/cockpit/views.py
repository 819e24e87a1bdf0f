"""The page of the cockpit: filters are kept in the address; htmx takes the numbers and the gap alone."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from minassa.steering.indicators.board import Board, board
from minassa.steering.indicators.gap import gap_of
from minassa.steering.public import latest_figures
from minassa.web.access import PageRequest, page
from minassa.web.cockpit.decisions import decisions
from minassa.web.cockpit.numbers import numbers
from minassa.web.cockpit.parts import told_gap
from minassa.web.cockpit.promises import told_promises
from minassa.web.indicators.filters import filters_of, told
from minassa.web.indicators.listing import told_run

PAGE: Final = "web/cockpit/page.html"
PART: Final = "web/cockpit/figures.html"


@require_safe
@page("cockpit.view")
@vary_on_headers("HX-Request")
def cockpit(request: PageRequest) -> HttpResponse:
    """The whole cockpit, or its figures alone for htmx."""
    found = board(request.actor, filters_of(request.GET))
    context = {**told(request.GET), **told_run(found), **_figures(found)}
    if getattr(request, "htmx", False):
        response = render(request, PART, context)
        response["HX-Replace-Url"] = request.get_full_path()
        return response
    context |= {"decisions": decisions(request.actor, timezone.now()), "promises": _promises(found)}
    return render(request, PAGE, context)


def _promises(found: Board | None) -> dict[str, Any] | None:
    """Jobs that conventions promise beside what is projected, for the country; None before figures are published."""
    figures = None if found is None else latest_figures(settings.MINASSA_HOME)
    if found is None or figures is None:
        return None
    return told_promises(figures, found.run.until)


def _figures(found: Board | None) -> dict[str, Any]:
    """The four numbers and the gap under the filters; nothing before the first run."""
    if found is None:
        return {}
    figures = latest_figures(settings.MINASSA_HOME)
    of_run = figures if figures is not None and figures["run"] == found.run.path.name else None
    gap = gap_of(found.run, found.cube, found.filters, of_run)
    return {"numbers": numbers(found, of_run), "gap": told_gap(gap)}
