"""Addresses of commitments, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.commitments.lists import commitments_page
from minassa.web.commitments.one import commitment_page, tell_page

urlpatterns = [
    path("", commitments_page, name="commitments"),
    path("<slug:code>/", commitment_page, name="commitment"),
    path("<slug:code>/suite/", tell_page, name="commitment-tell"),
]
