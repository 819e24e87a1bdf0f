"""Addresses of Talent Visas, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.visas.following import closed, given_up, hired, visas_page
from minassa.web.visas.proposing import propose_page
from minassa.web.visas.public import visa_page

urlpatterns = [
    path("", visa_page, name="talent-visa"),
    path("suivi/", visas_page, name="talent-visas"),
    path("liste/", propose_page, name="talent-visa-list"),
    path("suivi/<uuid:visa>/embauche/", hired, name="talent-visa-hired"),
    path("suivi/<uuid:visa>/rendue/", given_up, name="talent-visa-given-up"),
    path("alertes/<int:alert>/", closed, name="talent-visa-alert"),
]
