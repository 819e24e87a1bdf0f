"""A live world for the tests of the API: people and systems that call, each with a client of their own."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from minassa.onestop.clients import SCOPES
from minassa.onestop.models import ApiClient, Case
from minassa.registry.models import Account, Body
from minassa.registry.public import Actor
from minassa.web.api.calling import allowance
from tests.onestop.world import World, drafted, make_world, submitted

KEYS = itertools.count()
SIGNING = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@dataclass
class Caller:
    """One who calls the API: a browser's client with its session, or a bearer."""

    http: Client
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **query: str | int) -> HttpResponse:
        return self.http.get(f"/api/v1{path}", query, headers=self.headers)  # type: ignore[return-value]

    def post(
        self, path: str, body: object = None, *, method: str = "POST", key: str | None = None, **more: str
    ) -> HttpResponse:
        headers = {**self.headers, "Idempotency-Key": f"k{next(KEYS)}" if key is None else key}
        headers |= {name.replace("_", "-"): value for name, value in more.items()}
        content = b"" if body is None else json.dumps(body).encode()
        return self.http.generic(  # type: ignore[return-value]
            method, f"/api/v1{path}", content, "application/json", headers={k: v for k, v in headers.items() if v}
        )


def told(answer: HttpResponse) -> Any:  # noqa: ANN401 (JSON)
    return json.loads(answer.content)


def person(actor: Actor) -> Caller:
    """A person signed in with their second factor; the CSRF check of Django's test client is left asleep."""
    account = Account.objects.get(pk=actor.account_id or 0)
    if actor.needs_second_factor and not Authenticator.objects.filter(user=account).exists():
        TOTP.activate(account, generate_totp_secret())
    http = Client()
    http.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    return Caller(http)


def system(code: str, scopes: Mapping[str, Any] | tuple[str, ...] = SCOPES) -> Caller:
    """The system of a body, with a token."""
    ApiClient.objects.get_or_create(
        client_id=f"{code}-{len(scopes)}",
        defaults={
            "secret_digest": hashlib.sha256(b"s").hexdigest(),
            "signing_secret": SIGNING,
            "body": Body.objects.get(code=code),
            "scopes": list(scopes),
        },
    )
    asked = {"grant_type": "client_credentials", "client_id": f"{code}-{len(scopes)}", "client_secret": "s"}
    answer = Caller(Client()).post("/token", asked)
    return Caller(Client(), {"Authorization": f"Bearer {told(answer)['access_token']}"})


@pytest.fixture(autouse=True)
def _fresh(settings: Settings, tmp_path: Path) -> None:
    settings.MINASSA_FILES = tmp_path
    allowance._left.clear()  # noqa: SLF001 (each test starts with a full allowance)


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001 (it must be there first)
    return make_world()


@pytest.fixture
def firm(world: World) -> Caller:
    return person(world.preparer)


@pytest.fixture
def signer(world: World) -> Caller:
    return person(world.signer)


@pytest.fixture
def visitor() -> Caller:
    return Caller(Client())


@pytest.fixture
def draft(world: World) -> Case:
    return drafted(world, timezone.now())


@pytest.fixture
def deposited(world: World) -> Case:
    return submitted(world, timezone.now())


def tag(case: Case) -> str:
    return f'"{Case.objects.get(pk=case.pk).version}"'
