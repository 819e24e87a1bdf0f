"""Addresses of reports, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.reports.pages import report_annex, report_file, reports
from minassa.web.reports.reviews import review_annex, review_file, review_make, review_page

urlpatterns = [
    path("", reports, name="reports"),
    path("bilans/", review_make, name="review-make"),
    path("bilans/<uuid:review>/", review_page, name="review"),
    path("bilans/<uuid:review>/annexe.<slug:form>", review_annex, name="review-annex"),
    path("bilans/<uuid:review>/bilan.<slug:form>", review_file, name="review-file"),
    path("<slug:kind>/<slug:name>/annexe.<slug:form>", report_annex, name="report-annex"),
    path("<slug:kind>/<slug:name>.<slug:form>", report_file, name="report-file"),
]
