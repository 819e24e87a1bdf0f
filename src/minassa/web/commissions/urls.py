"""Addresses of commissions, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.commissions.lists import commissions_page
from minassa.web.commissions.sittings import sitting_page
from minassa.web.commissions.space import commission_page

urlpatterns = [
    path("", commissions_page, name="commissions"),
    path("seances/<uuid:sitting>/", sitting_page, name="commission-sitting"),
    path("<slug:code>/", commission_page, name="commission"),
]
