"""Addresses of the register of ventures, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.ventures.entering import venture_import, venture_new
from minassa.web.ventures.lists import ventures_page
from minassa.web.ventures.one import venture_page

urlpatterns = [
    path("", ventures_page, name="ventures"),
    path("inscrire/", venture_new, name="venture-new"),
    path("reprendre/", venture_import, name="venture-import"),
    path("<uuid:venture>/", venture_page, name="venture"),
]
