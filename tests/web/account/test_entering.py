from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from minassa.journal.models import Entry
from minassa.registry.models import Account, AccountRequest, Enterprise, Power, Role
from minassa.registry.public import Actor, Offered, invite, register
from minassa.web.account.sessions import OPENED, SEEN
from tests.registry.world import HASHERS, LONG_AGO, NOW, appointed, invented, make_account, make_body

pytestmark = pytest.mark.django_db
ACCOUNT = "/fr/compte/"
PASSWORD = "une phrase assez longue"
LONG_PAST = datetime(2026, 1, 1, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _quick(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = HASHERS


@pytest.fixture
def admin() -> Actor:
    return appointed("admin", Role.ADMINISTRATOR, make_body("minassa", "platform"))


@pytest.fixture
def firm(admin: Actor) -> Enterprise:
    return register(admin, invented(1), NOW)


@pytest.fixture
def account() -> Account:
    made = make_account("qui")
    made.set_password(PASSWORD)
    made.save()
    return made


def sign_in(client: Client, password: str = PASSWORD, email: str = "qui@minassa.example") -> str:
    answer = client.post(f"{ACCOUNT}login/", {"login": email, "password": password})
    return str(answer.headers.get("Location", ""))


def code(step: int = 0) -> str:
    return str(format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + step)))


def test_a_password_opens_the_home_in_the_language_of_the_account(client: Client, account: Account) -> None:
    account.language = "ar"
    account.save()
    assert sign_in(client) == "/ar/accueil/"
    assert client.session["_auth_user_id"] == str(account.pk)


def test_a_wrong_password_and_an_unknown_address_look_the_same(client: Client, account: Account) -> None:
    assert account.pk
    told = []
    for email in ("qui@minassa.example", "personne@minassa.example"):
        answer = client.post(f"{ACCOUNT}login/", {"login": email, "password": "wrong"})
        assert answer.status_code == 200
        told.append(answer.context["form"].errors.as_text())
    assert told[0] == told[1]
    assert [entry.actor for entry in Entry.objects.filter(kind="session.refused").order_by("number")] == [
        f"account:{account.pk}",
        "visitor",
    ]


def test_guessing_is_stopped_even_with_the_right_password(client: Client, account: Account) -> None:
    assert account.pk
    for _ in range(5):
        sign_in(client, "wrong")
    assert sign_in(client) == ""
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client: Client) -> None:
    answer = client.post(f"{ACCOUNT}signup/", {"email": "x@minassa.example", "password1": PASSWORD})
    assert answer.status_code == 200
    assert "sur invitation" in answer.text
    assert not Account.objects.exists()


def test_the_second_factor_stands_between_the_password_and_the_session(client: Client, account: Account) -> None:
    TOTP.activate(account, SECRET)
    assert sign_in(client).endswith("/2fa/authenticate/")
    assert "_auth_user_id" not in client.session
    assert client.post(f"{ACCOUNT}2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session
    client.post(f"{ACCOUNT}2fa/authenticate/", {"code": code()})
    assert client.session["_auth_user_id"] == str(account.pk)


def test_a_code_serves_once(account: Account) -> None:
    TOTP.activate(account, SECRET)
    once = code()
    for number in range(2):
        other = Client()
        sign_in(other)
        other.post(f"{ACCOUNT}2fa/authenticate/", {"code": once})
        assert ("_auth_user_id" in other.session) == (number == 0)
        # The memory of django-allauth is shorter than the life of a code.
        cache.clear()


def test_the_code_is_shown_to_invented_accounts_in_the_demonstration_alone(
    client: Client, account: Account, settings: Settings
) -> None:
    TOTP.activate(account, SECRET)
    sign_in(client)
    page = f"{ACCOUNT}2fa/authenticate/"
    assert any(code(step) in client.get(page).text for step in (0, -1))
    settings.MINASSA_DEMONSTRATION = False
    assert not any(code(step) in client.get(page).text for step in (-1, 0, 1))
    settings.MINASSA_DEMONSTRATION = True
    Account.objects.filter(pk=account.pk).update(email="qui@ailleurs.ma")
    assert not any(code(step) in client.get(page).text for step in (-1, 0, 1))


def test_an_appointed_account_sets_up_its_second_factor_then_enters(client: Client, account: Account) -> None:
    account.appointments.create(body=make_body("cnss"), role=Role.OFFICER, since=LONG_AGO)
    sign_in(client)
    other = Client()
    sign_in(other)
    assert client.get(ACCOUNT)["Location"].endswith("/2fa/totp/activate/")
    asked = client.get(f"{ACCOUNT}2fa/totp/activate/")["Location"]
    assert "/reauthenticate/" in asked
    assert client.get(asked).status_code == 200
    assert client.post(asked, {"password": PASSWORD})["Location"].endswith("/2fa/totp/activate/")
    shown = client.get(f"{ACCOUNT}2fa/totp/activate/")
    secret = shown.context["form"].secret
    value = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    done = client.post(f"{ACCOUNT}2fa/totp/activate/", {"code": value})
    assert done["Location"].endswith("/2fa/recovery-codes/")
    assert client.get(ACCOUNT).status_code == 200
    assert client.get(done["Location"]).status_code == 200
    assert secret not in str(Authenticator.objects.get(type="totp").data)
    # What django-allauth announces once the transaction is committed, which a test never does.
    request = RequestFactory().get("/")
    request.session = client.session
    kept = Authenticator.objects.get(type="totp")
    authenticator_added.send(sender=Authenticator, request=request, user=account, authenticator=kept)
    assert "login" in other.get(ACCOUNT)["Location"], "a session opened by password alone must end"
    assert client.get(ACCOUNT).status_code == 200


def test_who_must_have_a_second_factor_cannot_take_it_off(client: Client, account: Account) -> None:
    account.appointments.create(body=make_body("cnss"), role=Role.OFFICER, since=LONG_AGO)
    TOTP.activate(account, SECRET)
    sign_in(client)
    client.post(f"{ACCOUNT}2fa/authenticate/", {"code": code()})
    client.post(f"{ACCOUNT}2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=account, type="totp").exists()


def test_an_idle_session_ends(client: Client, account: Account) -> None:
    client.force_login(account)
    assert client.get(ACCOUNT).status_code == 200
    session = client.session
    session[SEEN] = time.time() - 3_700
    session.save()
    assert "login" in client.get(ACCOUNT)["Location"]
    assert "_auth_user_id" not in client.session


def test_a_session_in_use_ends_after_half_a_day(client: Client, account: Account) -> None:
    client.force_login(account)
    client.get(ACCOUNT)
    session = client.session
    session[OPENED], session[SEEN] = time.time() - 12 * 3600 - 1, time.time()
    session.save()
    assert "login" in client.get(ACCOUNT)["Location"]


def test_other_sessions_are_seen_and_ended(client: Client, account: Account) -> None:
    other = Client()
    sign_in(other)
    sign_in(client)
    assert len(client.get(f"{ACCOUNT}sessions/").context["sessions"]) == 2
    client.post(f"{ACCOUNT}sessions/terminer/")
    assert "login" in other.get(ACCOUNT)["Location"]
    assert client.get(ACCOUNT).status_code == 200
    assert UserSession.objects.filter(user=account).count() == 1


def test_one_account_never_ends_the_session_of_another(client: Client, account: Account) -> None:
    assert account.pk
    stranger = make_account("autre")
    sign_in(client)
    other = Client()
    other.force_login(stranger)
    mine = UserSession.objects.get(user=account)
    other.post(f"{ACCOUNT}sessions/terminer/", {"session": str(mine.pk)})
    assert client.get(ACCOUNT).status_code == 200


def test_a_closed_account_is_out_at_its_next_page(client: Client, account: Account) -> None:
    client.force_login(account)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert "login" in client.get(ACCOUNT)["Location"]


def test_an_invitation_opens_an_account_and_signs_in(client: Client, admin: Actor, firm: Enterprise) -> None:
    _, token = invite(admin, "neuve@minassa.example", Offered(enterprise=firm, power=Power.PREPARE), LONG_PAST)
    page = f"{ACCOUNT}invitation/{token}/"
    assert client.get(page).status_code == 404
    _, token = invite(admin, "neuve@minassa.example", Offered(enterprise=firm, power=Power.PREPARE), timezone.now())
    page = f"{ACCOUNT}invitation/{token}/"
    assert client.get(page).status_code == 200
    typed = {"full_name": "Neuve FICTIVE", "password": "court", "language": "en"}
    assert client.post(page, typed).status_code == 200
    opened = client.post(page, {**typed, "password": PASSWORD})
    assert opened["Location"] == "/en/compte/"
    assert client.get(opened["Location"]).status_code == 200
    assert Client().get(page).status_code == 404


def test_an_invitation_to_a_known_address_waits_for_its_owner(
    client: Client, admin: Actor, firm: Enterprise, account: Account
) -> None:
    _, token = invite(admin, account.email, Offered(enterprise=firm, power=Power.PREPARE), timezone.now())
    page = f"{ACCOUNT}invitation/{token}/"
    client.force_login(make_account("autre"))
    client.post(page)
    assert not account.mandates.exists()
    client.force_login(account)
    client.post(page)
    assert account.mandates.get().power == Power.PREPARE


def test_a_firm_asks_for_its_first_account(client: Client) -> None:
    typed = {
        "ice": invented(4).ice,
        "enterprise_name": "NOUVELLE EXEMPLE",
        "place": "101",
        "full_name": "Gérante FICTIVE",
        "email": "g@minassa.example",
    }
    assert client.post(f"{ACCOUNT}demander/", {**typed, "ice": "12X"}).context["form"].errors.keys() == {"ice"}
    assert client.post(f"{ACCOUNT}demander/", typed)["Location"] == f"{ACCOUNT}demander/recue/"
    assert AccountRequest.objects.get().language == "fr"
    for _ in range(2):
        last = client.post(f"{ACCOUNT}demander/", typed)
    assert last.status_code == 429


@pytest.mark.parametrize("name", ["login/", "password/reset/", "demander/", "demander/recue/", "signup/"])
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_pages_before_entering_open_in_three_languages(client: Client, language: str, name: str) -> None:
    answer = client.get(f"/{language}/compte/{name}")
    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.text


def test_the_settings_change_name_and_language(client: Client, account: Account) -> None:
    client.force_login(account)
    answer = client.post(ACCOUNT, {"full_name": "Autre FICTIF", "language": "ar"})
    assert answer["Location"] == "/ar/compte/"
    account.refresh_from_db()
    assert (account.full_name, account.language) == ("Autre FICTIF", "ar")
