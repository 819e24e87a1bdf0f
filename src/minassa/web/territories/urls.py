"""Addresses of the figures of regions, P2I and firms, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.territories.firm import firm_figures
from minassa.web.territories.pages import p2i_page, region_page

urlpatterns = [
    path("regions/<int:number>/", region_page, name="region"),
    path("p2i/<slug:slug>/", p2i_page, name="p2i"),
    path("entreprises/<uuid:uuid>/chiffres/", firm_figures, name="enterprise-figures"),
]
