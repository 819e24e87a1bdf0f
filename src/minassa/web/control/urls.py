"""Addresses of control, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.control.acts import (
    clear_lines,
    conclude_control,
    pass_claim,
    pass_together,
    propose_cut,
)
from minassa.web.control.campaigns import campaigns, draw_now
from minassa.web.control.contests import answer_contest, contest_page, contests
from minassa.web.control.draws import draw_json, draw_page, draw_script, draws
from minassa.web.control.queue import queue

urlpatterns = [
    path("", queue, name="control"),
    path("ensemble/", pass_together, name="control-together"),
    path("contestations/", contests, name="control-contests"),
    path("contestations/<uuid:contest>/", contest_page, name="control-contest"),
    path("contestations/<uuid:contest>/repondre/", answer_contest, name="control-answer"),
    path("demandes/<uuid:claim>/transmettre/", pass_claim, name="control-pass"),
    path("demandes/<uuid:claim>/conclure/", conclude_control, name="control-conclude"),
    path("demandes/<uuid:claim>/lever/", clear_lines, name="control-clear"),
    path("demandes/<uuid:claim>/proposer/", propose_cut, name="control-propose"),
    path("campagnes/", campaigns, name="campaigns"),
    path("tirages/", draws, name="draws"),
    path("tirages/verify_draw.py", draw_script, name="draw-tool"),
    path("tirages/<uuid:draw>/", draw_page, name="draw"),
    path("tirages/<uuid:draw>/tirer/", draw_now, name="draw-now"),
    path("tirages/<uuid:draw>.json", draw_json, name="draw-json"),
]
