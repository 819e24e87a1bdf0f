"""Addresses of markets, under the language of the page."""

from __future__ import annotations

from django.urls import path, re_path

from minassa.web.markets.attractiveness import markets_page
from minassa.web.markets.events import event_page, events_page
from minassa.web.markets.figures import figures_page, file_page, template
from minassa.web.markets.lead import lead_page
from minassa.web.markets.leads import leads_page
from minassa.web.markets.market import market_page

urlpatterns = [
    path("", markets_page, name="markets"),
    path("chiffres/", figures_page, name="market-figures"),
    path("chiffres/modele/", template, name="market-template"),
    path("chiffres/<uuid:file>/", file_page, name="market-file"),
    path("evenements/", events_page, name="market-events"),
    path("evenements/<uuid:event>/", event_page, name="market-event"),
    path("pistes/", leads_page, name="market-leads"),
    path("pistes/<uuid:lead>/", lead_page, name="market-lead"),
    re_path(r"^(?P<code>[A-Z]{2})/$", market_page, name="market"),
]
