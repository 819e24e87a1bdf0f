"""Browsers in which someone is signed in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from minassa.registry.models import Account
from minassa.registry.public import Actor


def signed_in(actor: Actor, *, strict: bool = False) -> Client:
    """A browser of this actor, with the second factor that the platform asks of some; `strict` asks for tokens."""
    account = Account.objects.get(pk=actor.account_id or 0)
    if actor.needs_second_factor and not Authenticator.objects.filter(user=account).exists():
        TOTP.activate(account, generate_totp_secret())
    client = Client(enforce_csrf_checks=strict)
    client.force_login(account)
    return client
