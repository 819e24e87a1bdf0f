"""The page of a region and of a P2I: published figures for everyone, indicators and firms for who may read them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from minassa.steering.public import latest_figures
from minassa.vocabulary.places import UnknownPlaceError, place_by_slug
from minassa.vocabulary.regions import UnknownRegionError, region
from minassa.web.access import public_page
from minassa.web.navigation import actor_on
from minassa.web.public.pages import keep, shown
from minassa.web.territories.ground import Ground, of_p2i, of_region
from minassa.web.territories.inside import inside
from minassa.web.territories.outside import outside

PAGE = "web/territories/page.html"


@require_safe
@public_page
def region_page(request: HttpRequest, number: int) -> HttpResponse:
    """A region by its HCP number; 404 for another number."""
    try:
        found = of_region(region(number))
    except UnknownRegionError as absent:
        raise Http404 from absent
    return _page(request, found)


@require_safe
@public_page
def p2i_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A P2I by its slug; 404 for another place."""
    try:
        found = place_by_slug(slug)
    except UnknownPlaceError as absent:
        raise Http404 from absent
    if found.kind != "p2i":
        raise Http404
    return _page(request, of_p2i(found))


def _page(request: HttpRequest, ground: Ground) -> HttpResponse:
    figures = latest_figures(settings.MINASSA_HOME)
    context: dict[str, Any] = {"ground": ground, "figures": figures}
    if figures is not None:
        context |= outside(figures, ground)
    return keep(request, shown(request, PAGE, context | {"inside": inside(actor_on(request), ground)}))
