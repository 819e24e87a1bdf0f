"""Addresses of a cohort and of the sheet of graduates, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.cohorts.pages import cohort_page
from minassa.web.cohorts.sheets import sheets, template

urlpatterns = [
    path("diplomes/", sheets, name="graduates-send"),
    path("diplomes/modele.xlsx", template, name="graduates-template"),
    path("<slug:provider>/<slug:programme>/<slug:cohort>/", cohort_page, name="cohort"),
]
