"""Drafts a convention, and writes its terms again as long as nobody has proposed them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minassa.conventions.models import Convention, ConventionState
from minassa.conventions.public import draft, redraft, terms_of
from minassa.registry.models import Enterprise
from minassa.registry.public import Forbidden
from minassa.vocabulary.errors import MinassaError
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.conventions.forms import TermsForms
from minassa.web.conventions.subjects import the_convention
from minassa.web.doing import UNPROCESSABLE


@require_http_methods(["GET", "POST"])
@page("convention.draft")
def new_convention(request: PageRequest) -> HttpResponse:
    """Draft a convention with an enterprise."""
    if request.method == "GET":
        return _form(request, TermsForms(None, None, None))
    forms = TermsForms(request.POST, None, None)
    if not forms.is_valid():
        return _form(request, forms, status=UNPROCESSABLE)
    enterprise = Enterprise.objects.get(ice=forms.head.cleaned_data["ice"])
    try:
        made = draft(request.actor, enterprise, forms.terms(), timezone.now())
    except Forbidden:
        raise
    except MinassaError as error:
        return _form(request, forms, error=error, status=UNPROCESSABLE)
    messages.success(request, _("La convention est préparée : relisez-la, puis proposez-la à la signature."))
    return HttpResponseRedirect(reverse("convention", args=[made.uuid]))


@require_http_methods(["GET", "POST"])
@page("convention.draft", subject=the_convention)
def edit_convention(request: PageRequest, convention: Convention) -> HttpResponse:
    """Write the terms of a drafted convention again."""
    if request.method == "GET" and convention.state != ConventionState.DRAFT:
        return HttpResponseRedirect(reverse("convention", args=[convention.uuid]))
    terms = terms_of(convention.draft)
    posted = request.POST if request.method == "POST" else None
    forms = TermsForms(posted, terms, convention.enterprise)
    if posted is None:
        return _form(request, forms, convention=convention)
    if not forms.is_valid():
        return _form(request, forms, convention=convention, status=UNPROCESSABLE)
    try:
        redraft(request.actor, convention, forms.terms(), timezone.now(), expected=version_of(request.POST))
    except Forbidden:
        raise
    except MinassaError as error:
        return _form(request, forms, convention=convention, error=error, status=UNPROCESSABLE)
    messages.success(request, _("Les termes sont réécrits."))
    return HttpResponseRedirect(reverse("convention", args=[convention.uuid]))


def _form(
    request: PageRequest,
    forms: TermsForms,
    *,
    convention: Convention | None = None,
    error: MinassaError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"forms": forms, "convention": convention, "error": error}
    return render(request, "web/conventions/draft.html", context, status=status)
