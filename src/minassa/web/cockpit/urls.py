"""Address of the cockpit, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.cockpit.views import cockpit

urlpatterns = [path("", cockpit, name="cockpit")]
