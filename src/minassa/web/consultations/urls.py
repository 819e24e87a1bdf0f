"""Addresses of consultations, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.consultations.hearings import hearing_new, hearing_page
from minassa.web.consultations.lists import consultations_page
from minassa.web.consultations.meetings import meeting_new, meeting_page
from minassa.web.consultations.polls import poll_new, poll_page
from minassa.web.consultations.requests import request_new, request_page

urlpatterns = [
    path("", consultations_page, name="consultations"),
    path("demandes/nouvelle/", request_new, name="firm-request-new"),
    path("demandes/<uuid:firm_request>/", request_page, name="firm-request"),
    path("sondages/nouveau/", poll_new, name="poll-new"),
    path("sondages/<uuid:poll>/", poll_page, name="poll"),
    path("evenements/nouveau/", meeting_new, name="meeting-new"),
    path("evenements/<uuid:meeting>/", meeting_page, name="meeting"),
    path("auditions/nouvelle/", hearing_new, name="audition-new"),
    path("auditions/<uuid:hearing>/", hearing_page, name="audition"),
]
