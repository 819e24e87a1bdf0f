"""Pages that show enterprises, and the choice of the one acted for."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minassa.registry.models import Enterprise
from minassa.registry.public import SIGNED_IN, Identity, allowed, findings
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.places import Place, UnknownPlaceError, place, places
from minassa.web.access import PageRequest, page
from minassa.web.enterprises.acting import choose
from minassa.web.enterprises.forms import ClosingForm, EstablishmentForm, GroupForm, ShareholderForm
from minassa.web.enterprises.listing import EXPORTED, filtered, listed
from minassa.web.enterprises.loading import enterprise
from minassa.web.public.exports import exported

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def place_name(code: int) -> str:
    """The name of a place in the language of the page; empty for none."""
    try:
        known = place(code)
    except UnknownPlaceError:
        return ""
    return {"ar": known.name_ar, "en": known.name_en}.get((get_language() or "fr")[:2], known.name_fr)


def identity_of(firm: Enterprise) -> Identity:
    """The identity of an enterprise as a form shows it."""
    return Identity(
        ice=firm.ice,
        name=firm.name,
        fiscal_id=str(firm.fiscal_id or ""),
        rc=firm.rc,
        affiliation=f"{firm.affiliation:07d}" if firm.affiliation else "",
        name_arabic=firm.name_arabic,
        activity=firm.activity,
        filiere=firm.filiere,
        place=firm.place,
    )


@require_safe
@page("enterprise.list")
def list_page(request: PageRequest) -> HttpResponseBase:
    """The list."""
    kind = request.GET.get("format", "")
    if kind in {"csv", "xlsx"}:
        return _as_file(request, kind)
    shown = listed(request.actor, request.GET)
    rows = [(firm, place_name(firm.place)) for firm in shown.rows]
    context = {
        "listed": shown,
        "rows": rows,
        "place_choices": [(str(each.code), place_name(each.code)) for each in _by_kind()],
        "filieres": [(str(each.value), each.label((get_language() or "fr")[:2])) for each in Filiere],
        "may_register": allowed(request.actor, "enterprise.register"),
    }
    return render(request, "web/enterprises/list.html", context)


@require_safe
@page("enterprise.view", subject=enterprise)
def sheet(request: PageRequest, firm: Enterprise) -> HttpResponseBase:
    """The sheet of an enterprise."""
    actor = request.actor
    context = {
        "enterprise": firm,
        "place": place_name(firm.place),
        "remarks": [remark for found in findings(identity_of(firm)).values() for remark in found],
        "establishments": [(each, place_name(each.place)) for each in firm.establishments.order_by("number")],
        "shareholders": firm.shareholders.select_related("holder").order_by("-since"),
        "holdings": firm.holdings.select_related("held").order_by("-since"),
        "siblings": firm.group.members.exclude(pk=firm.pk).order_by("name")[:50] if firm.group else [],
        "may_edit": allowed(actor, "enterprise.edit", firm),
        "may_link": allowed(actor, "enterprise.link", firm),
        "may_read_figures": allowed(actor, "firm.figures", firm),
        "may_see_people": allowed(actor, "mandate.list", firm),
        "establishment_form": EstablishmentForm(),
        "closing_form": ClosingForm(),
        "group_form": GroupForm(initial={"group": firm.group.name if firm.group else ""}),
        "shareholder_form": ShareholderForm(),
    }
    return render(request, "web/enterprises/sheet.html", context)


@require_POST
@page(SIGNED_IN)
def switch(request: PageRequest) -> HttpResponseBase:
    """Act for another enterprise, and go back to the page one was on."""
    try:
        chosen = choose(request, request.actor, UUID(request.POST.get("enterprise", "")))
    except ValueError:
        chosen = False
    if not chosen:
        raise Http404
    messages.success(request, _("Vous agissez maintenant pour l'entreprise choisie."))
    back = request.META.get("HTTP_REFERER", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "home")


def _as_file(request: PageRequest, kind: str) -> HttpResponseBase:
    rows, _near = filtered(request.actor, request.GET)
    written = [
        {
            "ice": _cell(firm.ice),
            "raison_sociale": _cell(firm.name),
            "raison_sociale_arabe": _cell(firm.name_arabic),
            "identifiant_fiscal": firm.fiscal_id or "",
            "rc": _cell(firm.rc),
            "affiliation": f"{firm.affiliation:07d}" if firm.affiliation else "",
            "groupe": _cell(firm.group.name if firm.group else ""),
            "lieu": place_name(firm.place),
            "filiere": Filiere(firm.filiere).name,
        }
        for firm in rows.order_by("name", "pk")[:EXPORTED]
    ]
    return exported(kind, "entreprises", written, _("synthétique") if settings.MINASSA_DEMONSTRATION else "")


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _by_kind() -> list[Place]:
    return sorted(places(), key=lambda each: (each.kind != "p2i", each.code))
