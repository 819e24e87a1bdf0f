"""Address of the estimate, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.estimate.views import estimate_page

urlpatterns = [path("estimer/", estimate_page, name="estimate")]
