"""Addresses of the pages for everyone, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.public.method import method_page

urlpatterns = [
    path("methode/", method_page, name="public-method"),
]
