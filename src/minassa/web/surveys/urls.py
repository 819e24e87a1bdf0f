"""Addresses of surveys, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.surveys.answering import answer_page
from minassa.web.surveys.following import following_page, tell_reason_of
from minassa.web.surveys.importing import import_page
from minassa.web.surveys.lists import surveys_page, xlsform
from minassa.web.surveys.making import questionnaire_page, questionnaires_page
from minassa.web.surveys.results import answers_file, results_page

urlpatterns = [
    path("", surveys_page, name="surveys"),
    path("questionnaires/", questionnaires_page, name="survey-questionnaires"),
    path("questionnaires/<uuid:questionnaire>/", questionnaire_page, name="survey-questionnaire"),
    path("repondre/<uuid:asked>/", answer_page, name="survey-answer"),
    path("repondre/<uuid:asked>/motif/", tell_reason_of, name="survey-reason"),
    path("<uuid:survey>/formulaire.xlsx", xlsform, name="survey-form"),
    path("<uuid:survey>/suivi/", following_page, name="survey-following"),
    path("<uuid:survey>/import/", import_page, name="survey-import"),
    path("<uuid:survey>/resultats/", results_page, name="survey-results"),
    path("<uuid:survey>/reponses/", answers_file, name="survey-answers"),
]
