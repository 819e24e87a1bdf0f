"""Addresses of reconversion, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.reconversion.closing import closing_page
from minassa.web.reconversion.person import person_page

urlpatterns = [
    path("", person_page, name="reconversion"),
    path("fermeture/", closing_page, name="reconversion-closing"),
]
