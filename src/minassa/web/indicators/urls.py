"""Addresses of indicators, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.indicators.firms import firm_page, firms_page
from minassa.web.indicators.line import line_page
from minassa.web.indicators.listing import indicators
from minassa.web.indicators.one import indicator_page
from minassa.web.indicators.versions import versions

_FIRM = "<slug:code>/entreprises/<int:affiliation>/"

urlpatterns = [
    path("", indicators, name="indicators"),
    path("versions/", versions, name="indicator-versions"),
    path("<slug:code>/", indicator_page, name="indicator"),
    path("<slug:code>/entreprises/", firms_page, name="indicator-firms"),
    path(_FIRM, firm_page, name="indicator-firm"),
    path(f"{_FIRM}<slug:month>/<int:file>/<int:line>/", line_page, name="indicator-line"),
]
