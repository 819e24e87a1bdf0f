"""Before there is an account: an invitation accepted, a first account asked for, an identity nobody knows."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from minassa.registry.models import Account, Invitation
from minassa.registry.public import (
    AlreadyHeld,
    Asked,
    OnePowerEach,
    TooOften,
    WeakPassword,
    WrongIdentity,
    WrongInvitation,
    accept,
    ask,
    invitation_of,
    join,
    require_token,
)
from minassa.vocabulary.errors import MinassaError
from minassa.web.access import PageRequest, public_page
from minassa.web.account.forms import AcceptForm, AskForm

TOO_MANY = 429


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@public_page
def invitation(request: PageRequest, token: str) -> HttpResponseBase:
    """The page that an invitation opens: a new account, or one more right for the account that is signed in."""
    now = timezone.now()
    try:
        require_token("invitation", request.META.get("REMOTE_ADDR", ""), capacity=20, seconds=30)
        found = invitation_of(token, now)
    except (WrongInvitation, TooOften) as refusal:
        status = TOO_MANY if isinstance(refusal, TooOften) else 404
        return render(request, "web/account/invitation_over.html", {"reason": refusal.message}, status=status)
    if Account.objects.filter(email=found.email).exists():
        return _joining(request, found, token)
    form = AcceptForm(request.POST or None, initial={"language": found.language})
    if request.method == "POST" and form.is_valid():
        answer = _accepted(request, form, token)
        if answer is not None:
            return answer
    return render(request, "web/account/invitation.html", {"form": form, "invitation": found})


def _accepted(request: PageRequest, form: AcceptForm, token: str) -> HttpResponseBase | None:
    try:
        with transaction.atomic():
            account = accept(token, at=timezone.now(), **form.cleaned_data)
    except WeakPassword as weak:
        form.add_error("password", weak.message)
        return None
    except MinassaError as refusal:
        form.add_error(None, refusal.message)
        return None
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    # They have just typed their password: setting up the second factor does not ask for it again.
    record_authentication(request, account, "password", reauthenticated=True)
    messages.success(request, _("Votre compte est ouvert."))
    with translation.override(account.language):
        return redirect("account-home")


def _joining(request: PageRequest, found: Invitation, token: str) -> HttpResponseBase:
    """The address has an account: its owner, signed in, takes the right; anyone else is sent to sign in."""
    account = Account.objects.filter(pk=request.actor.account_id or 0).first()
    owner = account is not None and account.email == found.email
    if request.method == "POST" and account is not None and owner:
        try:
            join(account, token, timezone.now())
        except (OnePowerEach, AlreadyHeld, WrongInvitation) as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("Le nouveau droit est à vous."))
        return redirect("account-home")
    return render(request, "web/account/invitation_join.html", {"invitation": found, "owner": owner})


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def request_account(request: PageRequest) -> HttpResponseBase:
    """An enterprise asks for its first account."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = Asked(language=(get_language() or "fr")[:2], **form.cleaned_data)
        try:
            ask(asked, request.META.get("REMOTE_ADDR", ""), timezone.now())
        except TooOften as refusal:
            form.add_error(None, refusal.message)
            return render(request, "web/account/request.html", {"form": form}, status=TOO_MANY)
        except WrongIdentity as wrong:
            for name, message in wrong.fields.items():
                form.add_error(name, message)
        else:
            return redirect("account-requested")
    return render(request, "web/account/request.html", {"form": form})


@require_safe
@public_page
def requested(request: PageRequest) -> HttpResponseBase:
    """The request was received."""
    return render(request, "web/account/requested.html")


@require_safe
@public_page
def unknown_identity(request: PageRequest) -> HttpResponseBase:
    """The provider of identity vouches for an address that no account was opened for."""
    return render(request, "web/account/unknown_identity.html", status=403)
