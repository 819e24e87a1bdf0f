"""Addresses of job titles, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.titles.files import titles_file
from minassa.web.titles.queue import answer_title, ask_title, titles_queue
from minassa.web.titles.recognising import recognise_title

urlpatterns = [
    path("reconnaitre/", recognise_title, name="titles"),
    path("reconnaitre/fichier/", titles_file, name="titles-file"),
    path("a-trancher/", titles_queue, name="titles-queue"),
    path("a-trancher/demander/", ask_title, name="title-ask"),
    path("a-trancher/repondre/", answer_title, name="title-answer"),
]
