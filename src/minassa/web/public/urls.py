"""Addresses of the pages for everyone, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.public.delays import delays_page
from minassa.web.public.home import data_file, home_page
from minassa.web.public.method import method_page
from minassa.web.public.sheets import sheet_page, sheets_page

urlpatterns = [
    path("", home_page, name="public-home"),
    path("donnees/<slug:name>.<slug:kind>", data_file, name="public-data"),
    path("delais/", delays_page, name="public-delays"),
    path("demarches/", sheets_page, name="public-procedures"),
    path("demarches/<slug:code>/", sheet_page, name="public-procedure"),
    path("methode/", method_page, name="public-method"),
]
