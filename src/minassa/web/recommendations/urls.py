"""Addresses of recommendations, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.recommendations.drafting import recommendation_draft, recommendation_propose
from minassa.web.recommendations.lists import recommendations_page
from minassa.web.recommendations.one import recommendation_page

urlpatterns = [
    path("", recommendations_page, name="recommendations"),
    path("rediger/", recommendation_draft, name="recommendation-draft"),
    path("<uuid:recommendation>/", recommendation_page, name="recommendation"),
    path("<uuid:recommendation>/proposer/", recommendation_propose, name="recommendation-propose"),
]
