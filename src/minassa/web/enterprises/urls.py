"""Addresses under `entreprises/`."""

from __future__ import annotations

from django.urls import path

from minassa.web.enterprises import acts, pages, people

urlpatterns = [
    path("", pages.list_page, name="enterprises"),
    path("inscrire/", acts.new, name="enterprise-new"),
    path("agir/", pages.switch, name="enterprise-switch"),
    path("<uuid:uuid>/", pages.sheet, name="enterprise"),
    path("<uuid:uuid>/corriger/", acts.edit, name="enterprise-edit"),
    path("<uuid:uuid>/etablissements/", acts.new_establishment, name="enterprise-establishment-new"),
    path(
        "<uuid:uuid>/etablissements/<int:number>/fermer/", acts.end_establishment, name="enterprise-establishment-end"
    ),
    path("<uuid:uuid>/groupe/", acts.group, name="enterprise-group"),
    path("<uuid:uuid>/actionnaires/", acts.shareholder, name="enterprise-shareholder"),
    path("<uuid:uuid>/personnes/", people.people, name="enterprise-people"),
    path("<uuid:uuid>/personnes/<int:mandate>/terminer/", people.end, name="enterprise-mandate-end"),
]
