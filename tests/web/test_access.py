from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.generic import RedirectView

from minassa.journal.models import Entry
from minassa.registry.models import Account, Appointment, Body
from minassa.registry.policy import Policy, action, rules
from minassa.registry.sign_ins import REFUSED, STREAM, TOLD_AT_ONCE, UNKNOWN
from minassa.web.access import PUBLIC, mark_of, page, public_page

pytestmark = pytest.mark.django_db

ALLAUTH = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_signup",
        "account_reauthenticate",
        "account_email",
        "account_email_verification_sent",
        "account_change_password",
        "account_set_password",
        "account_reset_password",
        "account_confirm_login_code",
        "account_confirm_email",
        "account_reset_password_from_key_done",
        "account_reset_password_from_key",
        "account_reset_password_done",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
        "socialaccount_signup",
        "socialaccount_connections",
        "openid_connect_login",
        "openid_connect_callback",
        "usersessions_list",
    }
)
"""Pages of allauth, which checks by itself who may enter each of them."""
OTHERS = frozenset({"set_language"})
"""The choice of a language, by Django."""
API = "api/v1/"
"""The API has its own lock and its own test, by operation."""


def addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        else:
            yield route, entry


def is_plain_redirection(entry: URLPattern) -> bool:
    return getattr(entry.callback, "view_class", None) is RedirectView


def test_every_address_bears_a_mark() -> None:
    bare = [
        f"{route} → {entry.callback.__module__}.{entry.callback.__name__}"
        for route, entry in addresses(get_resolver())
        if not route.startswith(API) and entry.name not in ALLAUTH | OTHERS and not is_plain_redirection(entry)
        if mark_of(entry.callback) is None
    ]
    assert bare == []


def test_a_view_without_mark_would_be_seen() -> None:
    def bare(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert mark_of(bare) is None
    assert mark_of(public_page(bare)) == PUBLIC
    assert mark_of(page("signed-in")(bare)) == "signed-in"
    assert mark_of(page("no.such.action")(bare)) is None


@pytest.fixture
def officer() -> Account:
    body = Body.objects.create(code="essai", kind="agency", name="Administration FICTIVE")
    account = Account.objects.create(email="agent@minassa.example", password="!")
    Appointment.objects.create(account=account, body=body, role="officer", since=date(2020, 1, 1))
    return account


@pytest.fixture
def own_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Policy, "_rules", dict(rules()))
    action("test.open", roles=("officer",))(lambda _actor, subject: subject == 1)


def visit(account: Account | AnonymousUser) -> HttpRequest:
    request = RequestFactory().get("/fr/essai/")
    request.user = account
    return request


def known(_actor: object, number: int) -> int | None:
    return number if number < 3 else None


@page("test.open", subject=known)
def shown(_request: HttpRequest, subject: int) -> HttpResponse:
    return HttpResponse(str(subject))


@pytest.mark.usefixtures("own_table")
def test_a_visitor_is_sent_to_sign_in() -> None:
    answer = shown(visit(AnonymousUser()), number=1)
    assert answer.status_code == 302
    assert "next=/fr/essai/" in answer["Location"]


@pytest.mark.usefixtures("own_table")
def test_the_appointed_without_second_factor_are_sent_to_set_it_up(officer: Account) -> None:
    answer = shown(visit(officer), number=1)
    assert answer.status_code == 302
    assert "totp" in answer["Location"]


@pytest.mark.usefixtures("own_table")
def test_allowed_refused_and_unknown_are_three_answers(officer: Account) -> None:
    TOTP.activate(officer, generate_totp_secret())
    answer = shown(visit(officer), number=1)
    assert isinstance(answer, HttpResponse)
    assert answer.content == b"1"
    assert "no-store" in answer["Cache-Control"]
    with pytest.raises(PermissionDenied):
        shown(visit(officer), number=2)
    with pytest.raises(Http404):
        shown(visit(officer), number=3)


@pytest.mark.usefixtures("own_table")
def test_a_closed_account_is_a_visitor(officer: Account) -> None:
    TOTP.activate(officer, generate_totp_secret())
    officer.is_active = False
    assert shown(visit(officer), number=1).status_code == 302


@pytest.mark.usefixtures("own_table")
def test_an_appointment_that_ended_gives_nothing(officer: Account) -> None:
    TOTP.activate(officer, generate_totp_secret())
    officer.appointments.update(until=date(2020, 12, 31))
    with pytest.raises(PermissionDenied):
        shown(visit(officer), number=1)


@pytest.mark.usefixtures("own_table")
def test_refusals_are_told_without_filling_the_journal(officer: Account) -> None:
    TOTP.activate(officer, generate_totp_secret())
    for number in (2, 3):
        for _ in range(TOLD_AT_ONCE + 5):
            with pytest.raises((PermissionDenied, Http404)):
                shown(visit(officer), number=number)
    for kind in (REFUSED, UNKNOWN):
        told = Entry.objects.filter(stream=STREAM, kind=kind)
        assert told.count() == TOLD_AT_ONCE
        assert {(each.actor, each.body["action"]) for each in told} == {(f"account:{officer.pk}", "test.open")}
