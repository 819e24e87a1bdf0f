"""Acts on enterprises: registering, correcting, places of work, group, shareholders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minassa.registry.models import Enterprise, Establishment
from minassa.registry.public import (
    AlreadyKnown,
    Forbidden,
    WrongIdentity,
    close_establishment,
    correct,
    findings,
    join_group,
    open_establishment,
    record_shareholder,
    register,
)
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.identifiers import compact_ice
from minassa.web.access import PageRequest, page
from minassa.web.enterprises.forms import ClosingForm, EstablishmentForm, GroupForm, IdentityForm, ShareholderForm
from minassa.web.enterprises.loading import enterprise, establishment
from minassa.web.enterprises.pages import identity_of


@require_http_methods(["GET", "HEAD", "POST"])
@page("enterprise.register")
def new(request: PageRequest) -> HttpResponseBase:
    """Register an enterprise."""
    form = IdentityForm(request.POST or None)
    context: dict[str, object] = {"form": form, "enterprise": None}
    if request.method == "POST" and form.is_valid():
        return _keep(request, form, context, lambda: register(request.actor, form.identity(), timezone.now()))
    return render(request, "web/enterprises/identity.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page("enterprise.edit", subject=enterprise)
def edit(request: PageRequest, firm: Enterprise) -> HttpResponseBase:
    """Correct the identity of an enterprise."""
    form = IdentityForm(request.POST or None, initial=asdict(identity_of(firm)))
    context: dict[str, object] = {"form": form, "enterprise": firm}
    if request.method == "POST" and form.is_valid():
        return _keep(request, form, context, lambda: correct(request.actor, firm, form.identity(), timezone.now()))
    return render(request, "web/enterprises/identity.html", context)


def _keep(
    request: PageRequest, form: IdentityForm, context: dict[str, object], act: Callable[[], Enterprise]
) -> HttpResponseBase:
    """Do the act, once the person has seen the reserves on the numbers and said that they stand."""
    doubts = [remark for found in findings(form.identity()).values() for remark in found if remark.severity == "warn"]
    if doubts and not form.cleaned_data["confirmed"]:
        return render(request, "web/enterprises/identity.html", {**context, "doubts": doubts})
    try:
        kept = act()
    except WrongIdentity as wrong:
        form.say_wrong(wrong.fields)
    except AlreadyKnown as known:
        form.say_wrong(dict.fromkeys(known.fields, known.message))
    except Forbidden as refusal:
        form.say_wrong({"place": refusal.message})
    else:
        messages.success(request, _("L'entreprise est enregistrée."))
        return redirect("enterprise", uuid=kept.uuid)
    return render(request, "web/enterprises/identity.html", context)


@require_POST
@page("enterprise.edit", subject=enterprise)
def new_establishment(request: PageRequest, firm: Enterprise) -> HttpResponseBase:
    """Add a place of work."""
    form = EstablishmentForm(request.POST)
    return _done(
        request,
        firm,
        form,
        lambda: open_establishment(request.actor, firm, at=timezone.now(), **form.cleaned_data),
    )


@require_POST
@page("enterprise.edit", subject=establishment, on=lambda closed: closed.enterprise)
def end_establishment(request: PageRequest, closed: Establishment) -> HttpResponseBase:
    """Close a place of work."""
    form = ClosingForm(request.POST)
    return _done(
        request,
        closed.enterprise,
        form,
        lambda: close_establishment(request.actor, closed, form.cleaned_data["closed_on"], timezone.now()),
    )


@require_POST
@page("enterprise.link", subject=enterprise)
def group(request: PageRequest, firm: Enterprise) -> HttpResponseBase:
    """Put the enterprise in a group, or in none."""
    form = GroupForm(request.POST)
    return _done(
        request, firm, form, lambda: join_group(request.actor, firm, form.cleaned_data["group"], timezone.now())
    )


@require_POST
@page("enterprise.link", subject=enterprise)
def shareholder(request: PageRequest, firm: Enterprise) -> HttpResponseBase:
    """Note a shareholder that is registered."""
    form = ShareholderForm(request.POST)
    holder = Enterprise.objects.filter(ice=compact_ice(request.POST.get("ice", ""))).first()
    if holder is None:
        messages.error(request, _("Aucune entreprise inscrite ne porte cet ICE : inscrivez d'abord l'actionnaire."))
        return redirect("enterprise", uuid=firm.uuid)
    return _done(
        request,
        firm,
        form,
        lambda: record_shareholder(
            request.actor,
            firm,
            holder,
            share_basis_points=form.cleaned_data["percent"] * 100,
            since=form.cleaned_data["since"],
            at=timezone.now(),
        ),
    )


def _done(request: PageRequest, firm: Enterprise, form: Form, act: Callable[[], object]) -> HttpResponseBase:
    """Do a small act of the sheet and come back to it, with what is wrong if anything is."""
    if not form.is_valid():
        messages.error(
            request, " ".join(f"{form[name].label} : {' '.join(map(str, said))}" for name, said in form.errors.items())
        )
        return redirect("enterprise", uuid=firm.uuid)
    try:
        act()
    except Forbidden:
        raise
    except MinassaError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("C'est enregistré."))
    return redirect("enterprise", uuid=firm.uuid)
