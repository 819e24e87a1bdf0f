"""Tags of the pages of accounts: `{% load accounts %}`."""

from __future__ import annotations

import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django import template
from django.conf import settings

from minassa.registry.demonstration import DOMAIN
from minassa.registry.encryption import box
from minassa.registry.models import Account
from minassa.web.account.codes import is_fresh

register = template.Library()


@register.simple_tag
def demonstration_code(account: Account | None, secret: str = "") -> str:
    """The code of the moment of an invented account, in the demonstration alone; empty everywhere else."""
    if not settings.MINASSA_DEMONSTRATION or account is None or not account.is_authenticated:
        return ""
    if not account.email.endswith(f"@{DOMAIN}"):
        return ""
    kept = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
    if not secret and kept is not None:
        secret = box().decrypt(kept.data["secret"].encode()).decode()
    if not secret:
        return ""
    now = int(time.time()) // app_settings.TOTP_PERIOD
    codes = [format_hotp_value(hotp_value(secret, now + step)) for step in (0, 1, -1)]
    # A code serves once: who signs in twice in a row is shown the next one, which is accepted too.
    fresh = [code for code in codes if is_fresh(account, code)]
    return str((fresh or codes)[0])


@register.simple_tag
def outside_identity() -> str:
    """The name of the provider of identity one may sign in by; empty when there is none."""
    applications = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return str(applications[0]["name"]) if applications else ""
