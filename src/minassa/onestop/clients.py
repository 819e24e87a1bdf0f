"""The systems of bodies: who they are, the secrets they prove it by, what they may do."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from minassa.client import draw_secret
from minassa.journal.public import append
from minassa.onestop.exchange_models import ApiClient
from minassa.registry.models import Body
from minassa.registry.public import Actor, body_actor, require

STREAM: Final = "registry"
SCOPES: Final = ("tasks:read", "tasks:answer", "cases:read", "messages:write", "facts:read", "facts:write")
"""What the system of a body may be let to do."""


@dataclass(frozen=True, slots=True)
class ClientSecrets:
    """What the administrator hands over to a body, shown this once.

    `secret` proves the system to the platform, `signing_secret` signs messages both ways (Standard Webhooks). The
    platform keeps a digest of the first and, encrypted, the second.
    """

    client_id: str
    secret: str
    signing_secret: str


@transaction.atomic
def create_client(actor: Actor, body: Body, scopes: Iterable[str], at: datetime) -> ClientSecrets:
    """A new client of a body, and its secrets. Forbidden."""
    require(actor, "client.manage", body)
    made = _drawn(f"{body.code}-{secrets.token_hex(4)}")
    ApiClient.objects.create(
        client_id=made.client_id,
        secret_digest=_digest(made.secret),
        signing_secret=made.signing_secret,
        body=body,
        scopes=sorted(set(scopes) & set(SCOPES)),
    )
    append(STREAM, "client.created", str(actor), {"client": made.client_id, "body": body.code}, at)
    return made


@transaction.atomic
def rotate_client(actor: Actor, client: ApiClient, at: datetime) -> ClientSecrets:
    """New secrets for a client; the old ones open nothing any more. Forbidden."""
    require(actor, "client.manage", client.body)
    made = _drawn(client.client_id)
    client.secret_digest, client.signing_secret = _digest(made.secret), made.signing_secret
    client.save(update_fields=["secret_digest", "signing_secret"])
    append(STREAM, "client.rotated", str(actor), {"client": client.client_id}, at)
    return made


@transaction.atomic
def set_client_active(actor: Actor, client: ApiClient, at: datetime, *, active: bool) -> None:
    """Close a client, or open it again. Forbidden."""
    require(actor, "client.manage", client.body)
    client.is_active = active
    client.save(update_fields=["is_active"])
    append(STREAM, "client.opened" if active else "client.closed", str(actor), {"client": client.client_id}, at)


def client_of(client_id: str, secret: str) -> ApiClient | None:
    """The active client that this secret proves; None for a wrong secret as for a client that is not there."""
    client = ApiClient.objects.select_related("body").filter(client_id=client_id, is_active=True).first()
    expected = client.secret_digest if client else _digest("")
    good = hmac.compare_digest(expected, _digest(secret))
    return client if good and client else None


def client_actor(client: ApiClient) -> Actor:
    """The client as the policy knows it."""
    return body_actor(client.body.code, client.scopes)


def _drawn(client_id: str) -> ClientSecrets:
    return ClientSecrets(client_id, secrets.token_urlsafe(32), draw_secret())


def _digest(secret: str) -> str:
    # Drawn with 256 bits: a slow digest would protect nothing more.
    return hashlib.sha256(secret.encode()).hexdigest()
