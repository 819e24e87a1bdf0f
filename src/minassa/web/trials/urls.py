"""Addresses of trials and of kept reforms, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.trials.beside import beside
from minassa.web.trials.keeping import comment_reform, new_reform, revise_reform
from minassa.web.trials.kept import reforms
from minassa.web.trials.one import reform_page
from minassa.web.trials.planning import plan_page, plans
from minassa.web.trials.proposing import propose_reform, withdraw_proposal
from minassa.web.trials.views import trial_page

urlpatterns = [
    path("", trial_page, name="trials"),
    path("optimiseur/", plans, name="plans"),
    path("optimiseur/<uuid:plan>/", plan_page, name="plan"),
    path("reformes/", reforms, name="reforms"),
    path("reformes/nouvelle/", new_reform, name="reform-new"),
    path("reformes/cote-a-cote/", beside, name="reforms-beside"),
    path("reformes/<uuid:reform>/", reform_page, name="reform"),
    path("reformes/<uuid:reform>/changer/", revise_reform, name="reform-revise"),
    path("reformes/<uuid:reform>/proposer/", propose_reform, name="reform-propose"),
    path("reformes/propositions/<uuid:proposal>/retirer/", withdraw_proposal, name="proposal-withdraw"),
    path("reformes/<uuid:reform>/commenter/", comment_reform, name="reform-comment"),
]
