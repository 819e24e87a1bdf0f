"""Addresses of the first page of each role, and of the page that shows the components, under their language."""

from __future__ import annotations

from django.urls import path

from minassa.web.home.style import style_page
from minassa.web.home.views import home_page

urlpatterns = [
    path("accueil/", home_page, name="home"),
    path("style/", style_page, name="style"),
]
