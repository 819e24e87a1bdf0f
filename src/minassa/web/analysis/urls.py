"""Address of the pivot, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.analysis.views import pivot

urlpatterns = [path("", pivot, name="pivot")]
