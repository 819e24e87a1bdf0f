"""Addresses of proof, open to everyone, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.verification.checking import check, verify
from minassa.web.verification.proof import heads_json, proof, tool

urlpatterns = [
    path("", proof, name="proof"),
    path("tetes.json", heads_json, name="proof-heads"),
    path("verify_receipt.py", tool, name="proof-tool"),
    path("verifier/", check, name="proof-check"),
    path("verifier/<uuid:number>/", verify, name="verify"),
]
