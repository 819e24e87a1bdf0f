"""Requests of first accounts, invitations, accounts and their rights."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minassa.registry.models import Account, AccountRequest, Appointment, Invitation
from minassa.registry.public import (
    Actor,
    AlreadyAnswered,
    AlreadyHeld,
    RegistryError,
    allowed,
    answer,
    appoint,
    end_appointment,
    in_force,
    invite,
    pending,
    refuse,
    revoke,
    set_active,
    visible_requests,
)
from minassa.web.access import PageRequest, page
from minassa.web.account.letters import send
from minassa.web.administration.forms import AppointForm, InviteForm
from minassa.web.enterprises.pages import place_name

MOST: Final = 200


def account_request(actor: Actor, uuid: UUID) -> AccountRequest:
    """A request, among those the actor may see; DoesNotExist."""
    return AccountRequest.objects.get(visible_requests(actor), uuid=uuid)


def account(_actor: Actor, uuid: UUID) -> Account:
    """An account; DoesNotExist."""
    return Account.objects.get(uuid=uuid)


def invitation(_actor: Actor, uuid: UUID) -> Invitation:
    """An invitation; DoesNotExist."""
    return Invitation.objects.get(uuid=uuid)


def appointment(_actor: Actor, appointment: int) -> Appointment:
    """An appointment; DoesNotExist."""
    return Appointment.objects.select_related("account", "body").get(pk=appointment)


@require_safe
@page("account-request.list")
def requests(request: PageRequest) -> HttpResponseBase:
    """The requests to be answered first, then those that were."""
    return _requests_page(request)


def _requests_page(request: PageRequest, link: str = "") -> HttpResponseBase:
    found = AccountRequest.objects.filter(visible_requests(request.actor)).order_by("answered_at", "asked_at")
    rows = [(each, place_name(each.place)) for each in found.order_by("-state", "-asked_at")[:MOST]]
    return render(request, "web/administration/requests.html", {"rows": rows, "link": link})


@require_POST
@page("account-request.answer", subject=account_request)
def answer_request(request: PageRequest, asked: AccountRequest) -> HttpResponseBase:
    """Invite who asked, or refuse; in the demonstration the link of the letter is shown, this once."""
    link = ""
    try:
        if request.POST.get("answer") == "refuse":
            refuse(request.actor, asked, timezone.now())
        else:
            link = send(*answer(request.actor, asked, timezone.now()))
    except (AlreadyAnswered, RegistryError) as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Votre réponse est enregistrée."))
    return _requests_page(request, link) if link else redirect("admin-requests")


@require_http_methods(["GET", "HEAD", "POST"])
@page("invitation.list")
def invitations(request: PageRequest) -> HttpResponseBase:
    """Invitations that can still be used; a new one is sent here."""
    form, link = InviteForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        made, token = invite(request.actor, asked["email"], form.offered(), timezone.now(), language=asked["language"])
        link = send(made, token)
        messages.success(request, _("L'invitation est partie."))
        if not link:
            return redirect("admin-invitations")
        form = InviteForm()
    rows = Invitation.objects.filter(pending(timezone.now())).select_related("body", "enterprise", "invited_by")
    context = {"form": form, "link": link, "rows": rows.order_by("-invited_at")[:MOST]}
    return render(request, "web/administration/invitations.html", context)


@require_POST
@page("invitation.revoke", subject=invitation)
def revoke_invitation(request: PageRequest, revoked: Invitation) -> HttpResponseBase:
    """An invitation opens nothing any more."""
    revoke(request.actor, revoked, timezone.now())
    messages.success(request, _("L'invitation est annulée."))
    return redirect("admin-invitations")


@require_safe
@page("account.list")
def accounts(request: PageRequest) -> HttpResponseBase:
    """The accounts, found by address or by body."""
    text = request.GET.get("q", "").strip()
    found = Account.objects.prefetch_related("appointments__body", "mandates__enterprise").order_by("email")
    if text:
        found = found.filter(
            Q(email__icontains=text) | Q(appointments__body__code=text.lower()) | Q(mandates__enterprise__ice=text)
        ).distinct()
    return render(request, "web/administration/accounts.html", {"rows": found[:MOST], "text": text})


@require_http_methods(["GET", "HEAD", "POST"])
@page("account.list", subject=account)
def account_page(request: PageRequest, shown: Account) -> HttpResponseBase:
    """One account: its rights, which begin and end here; closing it."""
    form = AppointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appoint(request.actor, shown, form.cleaned_data["body"], form.cleaned_data["role"], timezone.now())
        except AlreadyHeld as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("La nomination est enregistrée."))
        return redirect("admin-account", uuid=shown.uuid)
    held = shown.appointments.filter(in_force(timezone.localdate())).select_related("body")
    context = {
        "account": shown,
        "form": form,
        "appointments": [(each, allowed(request.actor, "appointment.end", each)) for each in held],
        "mandates": shown.mandates.filter(in_force(timezone.localdate())).select_related("enterprise"),
        "may_close": allowed(request.actor, "account.close", shown),
    }
    return render(request, "web/administration/account.html", context)


@require_POST
@page("appointment.end", subject=appointment)
def end(request: PageRequest, ended: Appointment) -> HttpResponseBase:
    """End an appointment."""
    whose = ended.account.uuid
    end_appointment(request.actor, ended, timezone.now())
    messages.success(request, _("La nomination est terminée."))
    return redirect("admin-account", uuid=whose)


@require_POST
@page("account.close", subject=account)
def close(request: PageRequest, closed: Account) -> HttpResponseBase:
    """Close an account, or open it again."""
    active = request.POST.get("active") == "yes"
    set_active(request.actor, closed, timezone.now(), active=active)
    messages.success(request, _("Le compte est rouvert.") if active else _("Le compte est fermé."))
    return redirect("admin-account", uuid=closed.uuid)
