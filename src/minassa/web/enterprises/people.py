"""Who acts for an enterprise: mandates in force, invitations sent, and how they begin and end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minassa.registry.models import Enterprise, Invitation, Mandate, Power
from minassa.registry.public import (
    Actor,
    LastSignatory,
    Offered,
    TooOften,
    allowed,
    end_mandate,
    in_force,
    invite,
    pending,
    require_token,
)
from minassa.web.access import PageRequest, page
from minassa.web.account.letters import send
from minassa.web.doing import done_or_told
from minassa.web.enterprises.forms import InviteForm
from minassa.web.enterprises.loading import enterprise, mandate


@require_http_methods(["GET", "HEAD", "POST"])
@page("mandate.list", subject=enterprise)
def people(request: PageRequest, firm: Enterprise) -> HttpResponseBase:
    """The people who act for an enterprise; a person is invited here."""
    powers = invited_powers(request.actor, firm)
    form = InviteForm(request.POST or None, powers=powers)
    link = ""
    if request.method == "POST" and powers and form.is_valid():
        link = _invited(request, firm, form)
        if not link:
            return redirect("enterprise-people", uuid=firm.uuid)
    now = timezone.now()
    mandates = (
        firm.mandates.filter(in_force(timezone.localdate(now))).select_related("account").order_by("-power", "pk")
    )
    context = {
        "enterprise": firm,
        "mandates": [(each, allowed(request.actor, "mandate.end", each)) for each in mandates],
        "invitations": Invitation.objects.filter(pending(now), enterprise=firm).order_by("-invited_at"),
        "form": form if powers else None,
        "link": link,
    }
    return render(request, "web/enterprises/people.html", context)


@require_POST
@page("mandate.end", subject=mandate)
def end(request: PageRequest, ended: Mandate) -> HttpResponseBase:
    """End a mandate."""
    done_or_told(
        request,
        lambda: end_mandate(request.actor, ended, timezone.now()),
        _("Le mandat est terminé."),
        family=LastSignatory,
    )
    return redirect("enterprise-people", uuid=ended.enterprise.uuid)


def invited_powers(actor: Actor, firm: Enterprise) -> list[str]:
    """The powers that the actor may offer for an enterprise."""
    return [p for p in Power.values if allowed(actor, "invitation.send", Offered(enterprise=firm, power=p))]


def _invited(request: PageRequest, firm: Enterprise, form: InviteForm) -> str:
    """The link to show, in the demonstration; elsewhere the letter is sent and nothing is shown."""
    asked = form.cleaned_data
    try:
        require_token("invitation-send", str(request.actor), capacity=20, seconds=300)
    except TooOften as refusal:
        messages.error(request, refusal.message)
        return ""
    offered = Offered(enterprise=firm, power=asked["power"])
    made, token = invite(request.actor, asked["email"], offered, timezone.now(), language=asked["language"])
    messages.success(request, _("L'invitation est partie."))
    return send(made, token)
