"""Addresses of conventions, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.conventions.acts import (
    agree_to_amendment,
    decide_advance,
    decide_hearing,
    declare_deed,
    open_recoveries,
    propose_advances,
    propose_convention,
    reply_to_hearing,
    send_convention_back,
    sign_convention,
    withdraw_amendment,
)
from minassa.web.conventions.amending import propose_amendment
from minassa.web.conventions.drafting import edit_convention, new_convention
from minassa.web.conventions.lists import conventions
from minassa.web.conventions.one import convention_page

urlpatterns = [
    path("", conventions, name="conventions"),
    path("nouvelle/", new_convention, name="convention-new"),
    path("<uuid:convention>/", convention_page, name="convention"),
    path("<uuid:convention>/termes/", edit_convention, name="convention-edit"),
    path("<uuid:convention>/proposer/", propose_convention, name="convention-propose"),
    path("<uuid:convention>/reprendre/", send_convention_back, name="convention-send-back"),
    path("<uuid:convention>/signer/", sign_convention, name="convention-sign"),
    path("<uuid:convention>/declarer/", declare_deed, name="convention-declare"),
    path("<uuid:convention>/avenant/", propose_amendment, name="convention-amend"),
    path("<uuid:convention>/avances/", propose_advances, name="convention-advance"),
    path("<uuid:convention>/restitutions/", open_recoveries, name="convention-hear"),
    path("avenants/<uuid:amendment>/accepter/", agree_to_amendment, name="amendment-agree"),
    path("avenants/<uuid:amendment>/retirer/", withdraw_amendment, name="amendment-withdraw"),
    path("avances/<uuid:advance>/decider/", decide_advance, name="advance-decide"),
    path("restitutions/<uuid:hearing>/repondre/", reply_to_hearing, name="hearing-reply"),
    path("restitutions/<uuid:hearing>/decider/", decide_hearing, name="hearing-decide"),
]
