"""Addresses of restitutions, under those of claims."""

from __future__ import annotations

from django.urls import path

from minassa.web.restitutions.lists import restitutions
from minassa.web.restitutions.one import reply_to_restitution, restitution_page

urlpatterns = [
    path("", restitutions, name="restitutions"),
    path("<uuid:restitution>/", restitution_page, name="restitution"),
    path("<uuid:restitution>/repondre/", reply_to_restitution, name="restitution-reply"),
]
