"""Addresses of open data, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.opendata.pages import catalogue_file, file_of_version, grid_page, open_data_page

urlpatterns = [
    path("", open_data_page, name="open-data"),
    path("catalogue.jsonld", catalogue_file, name="open-data-catalogue"),
    path("transparence/", grid_page, name="open-data-grid"),
    path("versions/<slug:version>/<str:file>", file_of_version, name="open-data-file"),
]
