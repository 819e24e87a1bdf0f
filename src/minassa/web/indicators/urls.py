"""Addresses of indicators, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.indicators.listing import indicators
from minassa.web.indicators.one import indicator_page

urlpatterns = [
    path("", indicators, name="indicators"),
    path("<slug:code>/", indicator_page, name="indicator"),
]
