"""An act on money from a page: done, or refused by a sentence at the head of its form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django import forms

from minassa.ledger.public import LedgerError

UNPROCESSABLE: Final = 422


def refusal(act: Callable[[], object]) -> str:
    """Do it; the sentence by which the ledger refuses it, empty when it is done."""
    try:
        act()
    except LedgerError as refused:
        return refused.message
    return ""


def done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do what a valid form asks; when the ledger refuses, its sentence stands at the head of the form."""
    if not form.is_valid():
        return False
    if sentence := refusal(act):
        form.add_error(None, sentence)
    return not sentence
