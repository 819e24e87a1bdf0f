"""Addresses of committees, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.committees.acts import cancel_session, convene_session, note_presence, preside_session, seal_session
from minassa.web.committees.composition import committee_page, declare, end, seat, unseat
from minassa.web.committees.derogations import derogations
from minassa.web.committees.items import chair_acts, item_page, member_acts
from minassa.web.committees.lists import sessions
from minassa.web.committees.minutes import minutes_pdf
from minassa.web.committees.one import session_page
from minassa.web.committees.preparing import add, agenda, new_session, remove
from minassa.web.committees.proposing import propose

urlpatterns = [
    path("seances/", sessions, name="sessions"),
    path("seances/preparer/", new_session, name="session-new"),
    path("seances/<uuid:session>/", session_page, name="session"),
    path("seances/<uuid:session>/ordre-du-jour/", agenda, name="session-agenda"),
    path("seances/<uuid:session>/ajouter/", add, name="session-add"),
    path("seances/<uuid:session>/proposer/<slug:kind>/<slug:subject>/", propose, name="session-propose"),
    path("seances/<uuid:session>/convoquer/", convene_session, name="session-convene"),
    path("seances/<uuid:session>/annuler/", cancel_session, name="session-cancel"),
    path("seances/<uuid:session>/presence/", note_presence, name="session-presence"),
    path("seances/<uuid:session>/presider/", preside_session, name="session-preside"),
    path("seances/<uuid:session>/sceller/", seal_session, name="session-seal"),
    path("seances/<uuid:session>/proces-verbal.pdf", minutes_pdf, name="session-minutes"),
    path("seances/<uuid:session>/points/<int:rank>/", item_page, name="session-item"),
    path("seances/<uuid:session>/points/<int:rank>/retirer/", remove, name="item-remove"),
    path("seances/<uuid:session>/points/<int:rank>/membre/", member_acts, name="item-member"),
    path("seances/<uuid:session>/points/<int:rank>/presidence/", chair_acts, name="item-chair"),
    path("derogations/", derogations, name="derogations"),
    path("comites/<slug:committee>/", committee_page, name="committee"),
    path("comites/<slug:committee>/sieges/", seat, name="committee-seat"),
    path("comites/sieges/<int:membership>/finir/", unseat, name="committee-unseat"),
    path("interets/declarer/", declare, name="interest-declare"),
    path("interets/<int:interest>/finir/", end, name="interest-end"),
]
