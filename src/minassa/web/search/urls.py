"""Addresses under `recherche/`."""

from __future__ import annotations

from django.urls import path

from minassa.web.search import pages

urlpatterns = [path("", pages.search, name="search")]
