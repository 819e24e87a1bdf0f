"""Who else may vouch for a person: one OpenID Connect provider, told by the environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PROVIDER = "identite"


def providers(environment: Mapping[str, str]) -> dict[str, Any]:
    """Django-allauth's SOCIALACCOUNT_PROVIDERS from MINASSA_OIDC_ISSUER, _CLIENT_ID, _SECRET; empty without issuer."""
    issuer = environment.get("MINASSA_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return {}
    application = {
        "provider_id": PROVIDER,
        "name": environment.get("MINASSA_OIDC_NAME", "OpenID"),
        "client_id": environment.get("MINASSA_OIDC_CLIENT_ID", ""),
        "secret": environment.get("MINASSA_OIDC_SECRET", ""),
        "settings": {"server_url": issuer},
    }
    return {"openid_connect": {"APPS": [application], "OAUTH_PKCE_ENABLED": True, "SCOPE": ["openid", "email"]}}
