"""One market: its figures with their sources, those that they took the place of, its events and leads."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minassa.markets.models import Event, Figure
from minassa.markets.public import figures_in_effect, visible_leads
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.markets.subjects import the_market
from minassa.web.markets.wording import criterion_name, figure_words, name_of


@require_safe
@page("market.view", subject=the_market)
def market_page(request: PageRequest, code: str) -> HttpResponse:
    """Everything that is known of a market."""
    now = {one.pk for one in figures_in_effect(market=code)}
    every = Figure.objects.filter(market=code).select_related("file").order_by("segment", "criterion", "-year", "-pk")
    figures = [(one, criterion_name(one.criterion), figure_words(one), one.pk in now) for one in every]
    context = {
        "code": code,
        "name": name_of(code),
        "figures": [one for one in figures if one[-1]],
        "former": [one for one in figures if not one[-1]],
        "events": Event.objects.filter(market=code).order_by("-starts_on"),
        "leads": visible_leads(request.actor).filter(market=code),
        "writes": allowed(request.actor, "market.write"),
        "synthetic": settings.MINASSA_DEMONSTRATION,
    }
    return render(request, "web/markets/market.html", context)
