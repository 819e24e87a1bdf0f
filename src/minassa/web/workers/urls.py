"""Addresses of the employee's right to know, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.workers.codes import codes, letters
from minassa.web.workers.pages import contest, worker

urlpatterns = [
    path("", worker, name="worker"),
    path("contester/", contest, name="worker-contest"),
    path("codes/<uuid:enterprise>/", codes, name="worker-codes"),
    path("codes/<uuid:enterprise>/lettres/", letters, name="worker-letters"),
]
