"""A venture registers itself, or the federation registers it; a whole list is read, told line by line, then entered."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from minassa.registry.models import Enterprise, Role
from minassa.ventures.models import Kind, RollIn
from minassa.ventures.public import COLUMNS, VentureError, enter, read_sheet, register
from minassa.web.access import PageRequest, page
from minassa.web.doing import status_of
from minassa.web.ventures.one import form_data
from minassa.web.ventures.wording import saying_of

MOST_TOLD: Final = 200


@require_http_methods(["GET", "HEAD", "POST"])
@page("venture.register")
def venture_new(request: PageRequest) -> HttpResponse:
    """Register a venture: one's own firm, or any for the federation."""
    if request.method != "POST":
        return _form(request)
    post = request.POST
    try:
        saying = saying_of(post, post.getlist("markets"))
        firm, at = _firm(request, post.get("enterprise", "")), timezone.now()
        name, kind = post.get("name", ""), post.get("kind", "")
        synthetic = settings.MINASSA_DEMONSTRATION
        made = register(request.actor, name, kind, saying, at, enterprise=firm, synthetic=synthetic)
    except VentureError as refusal:
        return _form(request, refusal)
    messages.success(request, _("Inscrite. Une autre main vérifie ce qui est dit."))
    return HttpResponseRedirect(reverse("venture", args=[made.uuid]))


def _firm(request: PageRequest, number: str) -> Enterprise | None:
    """The firm of the form, among those of the actor; any by its ICE for the federation."""
    found = next((one for one in _own(request) if str(one.uuid) == number), None)
    if found is not None:
        return found
    if not request.actor.has_role(Role.FEDERATION):
        raise VentureError(_("Choisissez l'entreprise au nom de qui vous agissez."))
    ice = request.POST.get("ice", "").strip()
    found = Enterprise.objects.filter(ice=ice).first() if ice else None
    if ice and found is None:
        raise VentureError(_("Cet ICE n'est pas au registre des entreprises : laissez-le vide."))
    return found


def _own(request: PageRequest) -> list[Enterprise]:
    return list(Enterprise.objects.filter(pk__in=request.actor.enterprises()).order_by("name"))


def _form(request: PageRequest, refusal: VentureError | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "kinds": Kind.choices,
        "own": _own(request),
        "any_firm": request.actor.has_role(Role.FEDERATION),
        "error": refusal,
        "typed": request.POST if refusal else {},
        **form_data(request.POST.get("stage", ""), request.POST.getlist("markets"), request.POST.get("product", "")),
    }
    return render(request, "web/ventures/new.html", context, status=status_of(refusal) if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page("venture.import")
def venture_import(request: PageRequest) -> HttpResponse:
    """Read a list and tell every wrong line; enter the good ones once a person said so."""
    try:
        if request.POST.get("act") == "enter":
            return _entered(request)
        roll = _read(request) if request.method == "POST" else None
    except VentureError as refusal:
        return _import(request, None, refusal)
    return _import(request, roll, None)


def _read(request: PageRequest) -> RollIn:
    sent = request.FILES.get("file")
    if sent is None:
        raise VentureError(_("Choisissez un fichier."))
    return read_sheet(request.actor, sent.read(), timezone.now())


def _entered(request: PageRequest) -> HttpResponse:
    number = request.POST.get("roll", "")
    try:
        roll = RollIn.objects.filter(uuid=UUID(number)).first()
    except ValueError:
        roll = None
    if roll is None:
        raise VentureError(_("Ce fichier n'est plus là : donnez-le à nouveau."))
    done = enter(request.actor, roll, timezone.now(), synthetic=settings.MINASSA_DEMONSTRATION)
    said = ngettext("%(done)s fiche inscrite.", "%(done)s fiches inscrites.", done) % {"done": done}
    messages.success(request, said)
    return HttpResponseRedirect(reverse("ventures"))


def _import(request: PageRequest, roll: RollIn | None, refusal: VentureError | None) -> HttpResponse:
    context = {
        "columns": COLUMNS,
        "roll": roll,
        "good": len(roll.rows) if roll else 0,
        "findings": roll.findings[:MOST_TOLD] if roll else [],
        "error": refusal,
    }
    return render(request, "web/ventures/import.html", context, status=status_of(refusal) if refusal else 200)
