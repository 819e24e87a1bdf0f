"""Addresses of the reference, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.reference.files import occupation_sheet, skos_file
from minassa.web.reference.lists import occupations_page, skills_page
from minassa.web.reference.pages import compare_page, levels_page, occupation_page, skill_page

urlpatterns = [
    path("", occupations_page, name="reference"),
    path("metiers/<str:code>/", occupation_page, name="reference-occupation"),
    path("metiers/<str:code>/fiche.pdf", occupation_sheet, name="reference-sheet"),
    path("competences/", skills_page, name="reference-skills"),
    path("competences/<str:code>/", skill_page, name="reference-skill"),
    path("comparer/", compare_page, name="reference-compare"),
    path("niveaux/", levels_page, name="reference-levels"),
    path("referentiel.jsonld", skos_file, name="reference-skos"),
]
