from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import Settings

from minassa.journal.models import Entry
from minassa.onestop.clients import client_of
from minassa.onestop.models import ApiClient
from minassa.registry.models import Account, AccountRequest, Appointment, Body, Enterprise, Invitation
from minassa.registry.public import Asked, actor_of, ask, rules
from tests.registry.world import NOW, demonstrate, enter, invented

pytestmark = pytest.mark.django_db
ADMINISTRATION = "/fr/administration/"
PAGES = ("", "demandes/", "invitations/", "comptes/", "organismes/", "organismes/cnss/", "interfaces/", "connexions/")


@pytest.fixture(autouse=True)
def _world(settings: Settings) -> None:
    demonstrate(settings)


@pytest.mark.parametrize("name", PAGES)
def test_the_administrator_opens_every_page(client: Client, name: str) -> None:
    enter(client, "admin")
    answer = client.get(ADMINISTRATION + name)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "synthétique" in answer.text


@pytest.mark.parametrize("who", ["sign", "cnss", "cnss-chef", "copil", "apebi", "analyste"])
@pytest.mark.parametrize("name", PAGES)
def test_nobody_else_does(client: Client, who: str, name: str) -> None:
    enter(client, who)
    assert client.get(ADMINISTRATION + name).status_code == 403


def test_an_invitation_shows_its_link_in_the_demonstration_and_never_elsewhere(
    client: Client, settings: Settings, mailoutbox: list[object]
) -> None:
    enter(client, "admin")
    body = Body.objects.get(code="cnss")
    asked = {"email": "nouvelle@minassa.example", "body": body.pk, "role": "officer", "language": "fr"}
    shown = client.post(f"{ADMINISTRATION}invitations/", asked)
    assert re.search(r"/fr/compte/invitation/[\w-]{43}/", shown.text)
    assert len(mailoutbox) == 1
    settings.MINASSA_DEMONSTRATION = False
    hidden = client.post(f"{ADMINISTRATION}invitations/", asked, follow=True)
    assert hidden.status_code == 200
    assert "/compte/invitation/" not in hidden.text
    assert Invitation.objects.filter(revoked_at__isnull=True).count() == 1


def test_an_invitation_gives_one_right_not_two_nor_half(client: Client) -> None:
    enter(client, "admin")
    body = Body.objects.get(code="cnss").pk
    firm = Enterprise.objects.order_by("pk")[0].ice
    base = {"email": "x@minassa.example", "language": "fr"}
    for wrong in ({}, {"body": body}, {"ice": firm}, {"body": body, "role": "officer", "ice": firm, "power": "sign"}):
        assert client.post(f"{ADMINISTRATION}invitations/", {**base, **wrong}).status_code == 200
    assert not Invitation.objects.exists()


def test_secrets_are_shown_once(client: Client) -> None:
    enter(client, "admin")
    made = client.post(
        f"{ADMINISTRATION}interfaces/", {"body": Body.objects.get(code="dgi").pk, "scopes": ["tasks:read"]}
    )
    known = ApiClient.objects.get()
    secret = re.search(r"Secret</dt><dd><code dir=\"ltr\">([\w-]+)<", made.text)
    assert secret
    assert client_of(known.client_id, secret[1]) == known
    assert secret[1] not in client.get(f"{ADMINISTRATION}interfaces/").text
    rotated = client.post(f"{ADMINISTRATION}interfaces/{known.client_id}/cles/")
    assert secret[1] not in rotated.text
    assert client_of(known.client_id, secret[1]) is None


def test_a_closed_client_opens_nothing(client: Client) -> None:
    enter(client, "admin")
    client.post(f"{ADMINISTRATION}interfaces/", {"body": Body.objects.get(code="dgi").pk, "scopes": ["tasks:read"]})
    known = ApiClient.objects.get()
    client.post(f"{ADMINISTRATION}interfaces/{known.client_id}/etat/", {"active": "no"})
    known.refresh_from_db()
    assert not known.is_active


def test_rights_begin_and_end_on_the_page_of_an_account(client: Client) -> None:
    enter(client, "admin")
    account = Account.objects.get(email="prepare@minassa.example")
    page = f"{ADMINISTRATION}comptes/{account.uuid}/"
    client.post(page, {"body": Body.objects.get(code="anapec").pk, "role": "officer"})
    assert actor_of(account).in_body("anapec")
    ended = Appointment.objects.get(account=account)
    assert client.post(f"{ADMINISTRATION}nominations/{ended.pk}/terminer/").status_code == 302
    assert not actor_of(account).in_body("anapec")
    client.post(f"{page}etat/", {"active": "no"})
    account.refresh_from_db()
    assert not account.is_active


def test_a_body_that_answers_by_its_system_has_an_address(client: Client) -> None:
    enter(client, "admin")
    page = f"{ADMINISTRATION}organismes/anapec/"
    assert client.post(page, {"answers_by_api": "on"}).status_code == 200
    assert not Body.objects.get(code="anapec").answers_by_api
    assert client.post(page, {"answers_by_api": "on", "endpoint": "https://anapec.example/in"}).status_code == 302
    assert Body.objects.get(code="anapec").answers_by_api


def test_the_manager_answers_the_requests_of_their_place_only(client: Client) -> None:
    enter(client, "p2i")
    asked = {"enterprise_name": "NOUVELLE EXEMPLE", "email": "g@minassa.example", "full_name": "Gérante FICTIVE"}
    here, there = (ask(Asked(invented(p).ice, place=p, **asked), "o", NOW) for p in (101, 102))
    shown = client.get(f"{ADMINISTRATION}demandes/").text
    assert str(here.uuid) in shown
    assert str(there.uuid) not in shown
    assert client.post(f"{ADMINISTRATION}demandes/{there.uuid}/").status_code == 404
    answered = client.post(f"{ADMINISTRATION}demandes/{here.uuid}/", {"answer": "invite"})
    assert "/compte/invitation/" in answered.text
    assert AccountRequest.objects.get(pk=here.pk).state == "invited"


def test_the_journal_of_sign_ins_names_nobody(client: Client) -> None:
    enter(client, "admin")
    client.post("/fr/compte/login/", {"login": "admin@minassa.example", "password": "wrong"})
    shown = client.get(f"{ADMINISTRATION}connexions/").text
    table = shown.partition("<tbody>")[2]
    assert "session.opened" in table
    assert "@" not in table
    assert Entry.objects.filter(stream="sign-ins").exists()


def test_the_table_of_rights_is_the_rule_itself(client: Client) -> None:
    enter(client, "apebi")
    shown = client.get(f"{ADMINISTRATION}droits/").text
    for name, rule in rules().items():
        assert (f">{name}<" in shown) == bool(rule.label), name
