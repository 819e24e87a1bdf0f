"""Addresses of exports, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.exports.mine import (
    official_template,
    statement_new,
    statement_page,
    statement_template,
    statements_page,
)
from minassa.web.exports.officials import official_page, officials_page
from minassa.web.exports.pages import export_page

urlpatterns = [
    path("", export_page, name="export"),
    path("etats/", statements_page, name="export-statements"),
    path("etats/nouveau/", statement_new, name="export-statement-new"),
    path("etats/modele/", statement_template, name="export-template"),
    path("etats/<uuid:statement>/", statement_page, name="export-statement"),
    path("office-des-changes/", officials_page, name="export-tables"),
    path("office-des-changes/modele/", official_template, name="export-table-template"),
    path("office-des-changes/<uuid:table>/", official_page, name="export-table"),
]
