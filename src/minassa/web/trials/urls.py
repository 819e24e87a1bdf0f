"""Addresses of trials, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.trials.views import trial_page

urlpatterns = [path("", trial_page, name="trials")]
