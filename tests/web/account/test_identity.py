from __future__ import annotations

import http.client
import warnings
from collections.abc import Iterator
from importlib import import_module
from urllib.parse import urlencode, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pytest_django import Settings

from minassa.registry.models import Account, Role
from minassa.web.account.openid import providers
from tests.registry.world import HASHERS, LONG_AGO, make_account, make_body

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]  # of the provider
ENTER = "/fr/compte/oidc/identite/login/"
PEOPLE = {
    "known": {"email": "Connue@minassa.example", "email_verified": True},
    "unverified": {"email": "connue@minassa.example", "email_verified": False},
    "stranger": {"email": "inconnue@minassa.example", "email_verified": True},
}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mock = import_module("oidc_provider_mock")
        people = [mock.User(sub=sub, claims=claims) for sub, claims in PEOPLE.items()]
        with mock.run_server_in_thread(user_claims=people) as server:
            yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def _provider(settings: Settings, issuer: str) -> None:
    settings.PASSWORD_HASHERS = HASHERS
    told = {"MINASSA_OIDC_ISSUER": issuer, "MINASSA_OIDC_CLIENT_ID": "minassa", "MINASSA_OIDC_SECRET": "essai"}
    settings.SOCIALACCOUNT_PROVIDERS = providers(told)


def come_back(client: Client, sub: str) -> str:
    """Go to the provider, be vouched for there as `sub`, come back: the page where one arrives."""
    away = client.post(ENTER)
    assert away.status_code == 302, away.content
    asked = urlsplit(away["Location"])
    link = http.client.HTTPConnection(asked.netloc, timeout=10)
    body = urlencode({"sub": sub})
    link.request("POST", f"{asked.path}?{asked.query}", body, {"Content-Type": "application/x-www-form-urlencoded"})
    vouched = link.getresponse()
    vouched.read()
    link.close()
    back = urlsplit(vouched.headers["Location"])
    return str(client.get(f"{back.path}?{back.query}")["Location"])


def signed_in(client: Client) -> str:
    return str(client.session.get("_auth_user_id", ""))


def test_a_verified_address_opens_the_account_that_was_invited(client: Client) -> None:
    account = make_account("connue")
    come_back(client, "known")
    assert signed_in(client) == str(account.pk)
    assert SocialAccount.objects.get().user_id == account.pk
    assert Account.objects.count() == 1
    assert not account.mandates.exists()


def test_an_address_that_was_not_verified_opens_nothing(client: Client) -> None:
    make_account("connue")
    assert come_back(client, "unverified").endswith("/compte/identite-inconnue/")
    assert not signed_in(client)
    assert not SocialAccount.objects.exists()


def test_somebody_nobody_invited_gets_no_account(client: Client) -> None:
    make_account("connue")
    assert come_back(client, "stranger").endswith("/compte/identite-inconnue/")
    assert not signed_in(client)
    assert Account.objects.count() == 1


def test_the_second_factor_is_asked_for_all_the_same(client: Client) -> None:
    account = make_account("connue")
    account.appointments.create(body=make_body("cnss"), role=Role.OFFICER, since=LONG_AGO)
    TOTP.activate(account, generate_totp_secret())
    assert come_back(client, "known").endswith("/compte/2fa/authenticate/")
    assert not signed_in(client)


def test_a_closed_account_stays_closed(client: Client) -> None:
    account = make_account("connue")
    account.is_active = False
    account.save()
    come_back(client, "known")
    assert not signed_in(client)


def test_the_sign_in_page_offers_it_when_it_is_there(client: Client, settings: Settings) -> None:
    assert ENTER in client.get("/fr/compte/login/").text
    settings.SOCIALACCOUNT_PROVIDERS = providers({})
    assert ENTER not in client.get("/fr/compte/login/").text
