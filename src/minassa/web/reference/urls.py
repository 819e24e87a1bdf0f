"""Addresses of the reference, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.reference.files import occupation_sheet, skos_file
from minassa.web.reference.lists import occupations_page, skills_page
from minassa.web.reference.pages import compare_page, levels_page, occupation_page, skill_page
from minassa.web.reference.proposals import (
    decide_proposal,
    new_proposal,
    proposal_page,
    proposals_page,
    remark_proposal,
    withdraw_proposal,
)
from minassa.web.reference.versions import publish_version, versions_page

urlpatterns = [
    path("", occupations_page, name="reference"),
    path("metiers/<str:code>/", occupation_page, name="reference-occupation"),
    path("metiers/<str:code>/fiche.pdf", occupation_sheet, name="reference-sheet"),
    path("competences/", skills_page, name="reference-skills"),
    path("competences/<str:code>/", skill_page, name="reference-skill"),
    path("comparer/", compare_page, name="reference-compare"),
    path("niveaux/", levels_page, name="reference-levels"),
    path("referentiel.jsonld", skos_file, name="reference-skos"),
    path("versions/", versions_page, name="reference-versions"),
    path("versions/publier/", publish_version, name="reference-publish"),
    path("propositions/", proposals_page, name="reference-proposals"),
    path("propositions/nouvelle/", new_proposal, name="reference-propose"),
    path("propositions/<uuid:proposal>/", proposal_page, name="reference-proposal"),
    path("propositions/<uuid:proposal>/remarque/", remark_proposal, name="reference-remark"),
    path("propositions/<uuid:proposal>/voix/", decide_proposal, name="reference-decide"),
    path("propositions/<uuid:proposal>/retrait/", withdraw_proposal, name="reference-withdraw"),
]
