"""Addresses of claims, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.claims.acts import check_claim, contest_line, reply_to_ground
from minassa.web.claims.coming import coming
from minassa.web.claims.files import claim_xlsx
from minassa.web.claims.following import following
from minassa.web.claims.incidents import incidents
from minassa.web.claims.lists import claims
from minassa.web.claims.one import claim_page
from minassa.web.claims.papers import claim_pdf
from minassa.web.claims.replays import replay
from minassa.web.claims.signing import sign_claim, sign_page
from minassa.web.claims.why import line_page

urlpatterns = [
    path("", claims, name="claims"),
    path("a-venir/", coming, name="claims-calendar"),
    path("suivi/<uuid:enterprise>/", following, name="claims-following"),
    path("incidents/", incidents, name="claims-incidents"),
    path("<uuid:claim>/", claim_page, name="claim"),
    path("<uuid:claim>/verifier/", check_claim, name="claim-check"),
    path("<uuid:claim>/signature/", sign_page, name="claim-sign"),
    path("<uuid:claim>/signer/", sign_claim, name="claim-signed"),
    path("<uuid:claim>/repondre/", reply_to_ground, name="claim-reply"),
    path("<uuid:claim>/demande.pdf", claim_pdf, name="claim-pdf"),
    path("<uuid:claim>/rejouer/", replay, name="claim-replay"),
    path("<uuid:claim>/demande.xlsx", claim_xlsx, name="claim-xlsx"),
    path("<uuid:claim>/lignes/<int:line>/", line_page, name="claim-line"),
    path("<uuid:claim>/lignes/<int:line>/contester/", contest_line, name="claim-contest"),
]
