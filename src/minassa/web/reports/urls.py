"""Addresses of reports, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.reports.pages import report_annex, report_file, reports

urlpatterns = [
    path("", reports, name="reports"),
    path("<slug:kind>/<slug:name>/annexe.<slug:form>", report_annex, name="report-annex"),
    path("<slug:kind>/<slug:name>.<slug:form>", report_file, name="report-file"),
]
