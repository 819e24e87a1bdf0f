"""Addresses of cases, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.cases.acts import appeal_case, decide_case, say_in_case
from minassa.web.cases.complement import complement
from minassa.web.cases.drafting import draft
from minassa.web.cases.eligible import eligibility_page
from minassa.web.cases.lists import cases
from minassa.web.cases.one import case_page
from minassa.web.cases.opening import new_case
from minassa.web.cases.reading import document, receipt_json
from minassa.web.cases.receipts import receipt_pdf
from minassa.web.cases.signing import sign_case, sign_page, submit_case, withdraw_case

urlpatterns = [
    path("", cases, name="cases"),
    path("nouveau/", new_case, name="case-new"),
    path("eligibilite/", eligibility_page, name="case-eligibility"),
    path("<uuid:case>/", case_page, name="case"),
    path("<uuid:case>/brouillon/", draft, name="case-draft"),
    path("<uuid:case>/signature/", sign_page, name="case-sign"),
    path("<uuid:case>/signer/", sign_case, name="case-signed"),
    path("<uuid:case>/deposer/", submit_case, name="case-submit"),
    path("<uuid:case>/retirer/", withdraw_case, name="case-withdraw"),
    path("<uuid:case>/complement/", complement, name="case-complement"),
    path("<uuid:case>/message/", say_in_case, name="case-say"),
    path("<uuid:case>/decision/", decide_case, name="case-decide"),
    path("<uuid:case>/recours/", appeal_case, name="case-appeal"),
    path("<uuid:case>/recepisse.json", receipt_json, name="case-receipt"),
    path("<uuid:case>/recepisse.pdf", receipt_pdf, name="case-receipt-pdf"),
    path("pieces/<uuid:document>/", document, name="case-document"),
]
