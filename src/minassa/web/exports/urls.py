"""Addresses of exports, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.exports.pages import export_page

urlpatterns = [path("", export_page, name="export")]
