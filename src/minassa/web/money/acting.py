"""An act on money from a page: done, or refused by a sentence of the ledger."""

from __future__ import annotations

from django import forms

from minassa.ledger.public import LedgerError
from minassa.web.doing import Act, done_in, refusal_of


def refusal(act: Act) -> str:
    """Do it; the sentence by which the ledger refuses it, empty when it is done."""
    return refusal_of(act, LedgerError)


def done(form: forms.Form, act: Act) -> bool:
    """Do what a valid form asks; when the ledger refuses, its sentence stands at the head of the form."""
    return done_in(form, act, LedgerError)
