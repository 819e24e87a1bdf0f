"""Addresses of themes, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.themes.pages import themes_page

urlpatterns = [path("<uuid:survey>/themes/", themes_page, name="survey-themes")]
