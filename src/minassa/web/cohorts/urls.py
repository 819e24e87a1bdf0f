"""Addresses of cohorts, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.cohorts.pages import cohort_list, cohort_page
from minassa.web.cohorts.sheets import sheets, template

urlpatterns = [
    path("", cohort_list, name="cohorts"),
    path("feuilles/", sheets, name="cohort-sheets"),
    path("feuilles/modele/<slug:content>.xlsx", template, name="cohort-template"),
    path("<slug:provider>/<slug:programme>/<slug:cohort>/", cohort_page, name="cohort"),
]
