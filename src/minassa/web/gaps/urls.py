"""Addresses of tensions, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.gaps.pages import cell_page, gaps_page

urlpatterns = [path("", gaps_page, name="gaps"), path("case/", cell_page, name="gaps-cell")]
