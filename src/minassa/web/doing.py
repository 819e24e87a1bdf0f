"""What a form asks is done, or refused in a sentence: beside the form, at the head of its fields, or on the next page.

`family`: the refusals that are for the person to read. Any other error is not theirs to mend, and goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from minassa.vocabulary.errors import MinassaError, Stale

CONFLICT: Final = 409
UNPROCESSABLE: Final = 422
Act = Callable[[], object]
Refusals = type[MinassaError]
Refusal = TypeVar("Refusal", bound=MinassaError)


def status_of(refusal: MinassaError) -> int:
    """The status of the answer that says a refusal: something changed meanwhile, or what was asked cannot be."""
    return CONFLICT if isinstance(refusal, Stale) else UNPROCESSABLE


def done_or_said(
    request: HttpRequest,
    about: Model,
    act: Act,
    done: str,
    *,
    back: Callable[[], str],
    said: Callable[[Refusal, int], HttpResponse],
    family: type[Refusal],
) -> HttpResponse:
    """Do it and go `back`; when it is refused, the page that `said` makes of the refusal and its status.

    `about` is read again first, for a refused act may have changed it in memory.
    """
    try:
        act()
    except family as refusal:
        about.refresh_from_db()
        return said(refusal, status_of(refusal))
    messages.success(request, done)
    return HttpResponseRedirect(back())


def refusal_of(act: Act, family: Refusals = MinassaError) -> str:
    """Do it; the sentence by which it is refused, empty when it is done."""
    try:
        act()
    except family as refusal:
        return refusal.message
    return ""


def done_in(form: forms.BaseForm, act: Act, family: Refusals = MinassaError) -> bool:
    """Do what a valid form asks; when it is refused, the sentence stands at the head of the form."""
    if not form.is_valid():
        return False
    if sentence := refusal_of(act, family):
        form.add_error(None, sentence)
    return not sentence


def done_or_told(request: HttpRequest, act: Act, done: str, family: Refusals = MinassaError) -> None:
    """Do it; the page that comes next says that it is done, or why it is refused."""
    if sentence := refusal_of(act, family):
        messages.error(request, sentence)
    else:
        messages.success(request, done)
