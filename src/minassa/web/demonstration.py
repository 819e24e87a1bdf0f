"""The systems of the demonstration's bodies: their secrets, where the simulators read them."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from minassa.onestop.clients import SCOPES, ClientSecrets, create_client, rotate_client
from minassa.onestop.models import ApiClient
from minassa.registry.models import Account, Body
from minassa.registry.public import Actor, actor_of, change_body

SYSTEMS: Final = ("cnss", "dgi", "commune", "immigration", "gisre", "anapec")
"""Bodies whose system the simulators play."""


def client_file(code: str) -> Path:
    """Where the secrets of the system of a body lie, readable by their owner alone."""
    return Path(settings.MINASSA_HOME, "keys", "clients", f"{code}.json")


def give_clients(at: datetime) -> str:
    """Make the API client of each body that has none, or whose secrets are lost; a sentence that says where they are.

    A step of `demonstrate`, after the accounts.
    """
    administrator = actor_of(Account.objects.get(email="admin@minassa.example"))
    for body in Body.objects.filter(code__in=SYSTEMS).order_by("code"):
        file = client_file(body.code)
        _point(administrator, body, at)
        known = ApiClient.objects.filter(body=body, is_active=True).order_by("pk").first()
        if known is not None and file.exists() and json.loads(file.read_text("utf-8"))["client_id"] == known.client_id:
            continue
        made = rotate_client(administrator, known, at) if known else create_client(administrator, body, SCOPES, at)
        _write(file, body.code, made)
    return f"Clés des interfaces simulées : {client_file('*')}"  # not shown


def _point(administrator: Actor, body: Body, at: datetime) -> None:
    """Where the system of a body listens: at its simulator, when this start of the platform has one."""
    simulator = os.environ.get(f"MINASSA_SIMULATOR_{body.code.upper()}")
    endpoint = f"{simulator}/events" if simulator else body.endpoint
    if endpoint != body.endpoint:
        change_body(administrator, body, at, answers_by_api=body.answers_by_api, endpoint=endpoint)


def _write(file: Path, code: str, made: ClientSecrets) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = {
        "body": code,
        "address": settings.MINASSA_ADDRESS,
        "client_id": made.client_id,
        "secret": made.secret,
        "signing_secret": made.signing_secret,
    }
    draft = file.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        json.dump(content, stream, indent=1)
    draft.replace(file)
