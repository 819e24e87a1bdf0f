"""Addresses of training, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.training.agreements import agreements, new_agreement
from minassa.web.training.cohorts import cohorts
from minassa.web.training.plan import edit_seats, propose_seat_plan, seat_plan
from minassa.web.training.plans import seat_plans
from minassa.web.training.sheets import send_sheet, sheet_page, template

urlpatterns = [
    path("", cohorts, name="training"),
    path("fiche/", send_sheet, name="training-send"),
    path("fiche/modele/", template, name="training-template"),
    path("fiche/<int:roll>/", sheet_page, name="training-sheet"),
    path("places/", seat_plans, name="seat-plans"),
    path("places/<uuid:plan>/", seat_plan, name="seat-plan"),
    path("places/<uuid:plan>/fixer/", edit_seats, name="seat-plan-edit"),
    path("places/<uuid:plan>/proposer/", propose_seat_plan, name="seat-plan-propose"),
    path("accords/", agreements, name="training-agreements"),
    path("accords/nouveau/", new_agreement, name="training-agreement-new"),
]
