"""Tags of the pages of accounts: `{% load accounts %}`."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django import template
from django.conf import settings

from minassa.registry.demonstration import DOMAIN
from minassa.registry.encryption import box
from minassa.registry.models import Account

register = template.Library()


@register.simple_tag
def demonstration_code(account: Account | None, secret: str = "") -> str:
    """The code of the moment of an invented account, in the demonstration alone; empty everywhere else."""
    invented = isinstance(account, Account) and account.email.endswith(f"@{DOMAIN}")
    if not settings.MINASSA_DEMONSTRATION or not invented:
        return ""
    if not secret:
        kept = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
        if kept is None:
            return ""
        secret = box().decrypt(kept.data["secret"].encode()).decode()
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


@register.simple_tag
def outside_identity() -> str:
    """The name of the provider of identity one may sign in by; empty when there is none."""
    applications = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return str(applications[0]["name"]) if applications else ""
