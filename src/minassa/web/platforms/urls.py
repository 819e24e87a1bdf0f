"""Addresses of P2I, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.platforms.findings import evidence_file, finding_page
from minassa.web.platforms.lists import platforms_page
from minassa.web.platforms.one import unit_page
from minassa.web.platforms.papers import report_pdf
from minassa.web.platforms.reports import report_page
from minassa.web.platforms.trials import trial_page

urlpatterns = [
    path("", platforms_page, name="platforms"),
    path("rapports/<uuid:report>/", report_page, name="platform-report"),
    path("rapports/<uuid:report>/rapport.pdf", report_pdf, name="platform-report-pdf"),
    path("constats/<uuid:finding>/", finding_page, name="platform-finding"),
    path("pieces/<uuid:evidence>/", evidence_file, name="platform-evidence"),
    path("<slug:slug>/essai/", trial_page, name="specialisation-trial"),
    path("<slug:slug>/", unit_page, name="platform"),
]
