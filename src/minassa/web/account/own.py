"""One's own account: name, language, second factor, sessions."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minassa.registry.models import Account
from minassa.registry.public import SIGNED_IN, allowed
from minassa.steering.indicators.letters import READS, subscribed
from minassa.web.access import PageRequest, page
from minassa.web.account.forms import SettingsForm


@require_http_methods(["GET", "HEAD", "POST"])
@page(SIGNED_IN)
def settings_page(request: PageRequest) -> HttpResponseBase:
    """Name and language; what protects the account."""
    account = Account.objects.get(email=request.actor.email)
    form = SettingsForm(request.POST or None, instance=account)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Vos réglages sont enregistrés."))
        with translation.override(account.language):
            return redirect("account-home")
    codes = Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).first()
    context = {
        "form": form,
        "protected": request.actor.second_factor,
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "may_be_told": allowed(request.actor, READS),
        "told": subscribed(request.actor),
        "appointments": account.appointments.select_related("body"),
        "mandates": account.mandates.select_related("enterprise"),
    }
    return render(request, "web/account/settings.html", context)


@require_safe
@page(SIGNED_IN)
def sessions(request: PageRequest) -> HttpResponseBase:
    """Where the account is signed in."""
    account = Account.objects.get(email=request.actor.email)
    opened = sorted(UserSession.objects.purge_and_list(account), key=lambda each: each.created_at, reverse=True)
    return render(request, "web/account/sessions.html", {"sessions": opened, "current": request.session.session_key})


@require_POST
@page(SIGNED_IN)
def end_sessions(request: PageRequest) -> HttpResponseBase:
    """End one session, or all but this one."""
    others = UserSession.objects.filter(user_id=request.actor.account_id)
    others = others.exclude(session_key=request.session.session_key)
    one = request.POST.get("session", "")
    ended = others.filter(pk=int(one)) if one.isdigit() else others
    for session in ended:
        session.end()
    messages.success(request, _("Les sessions choisies sont terminées."))
    return redirect("account-sessions")
