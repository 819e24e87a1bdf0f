"""Addresses of the evaluation, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.evaluation.pages import detail_page, evaluation_page

urlpatterns = [
    path("", evaluation_page, name="evaluation"),
    path("detail/", detail_page, name="evaluation-detail"),
]
