"""A small world for the tests of the registry and of its pages. All invented."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.test import Client
from pytest_django import Settings

from minassa.registry.demonstration import accounts
from minassa.registry.models import Account, Body, Enterprise, Power, Role
from minassa.registry.public import Actor, Identity, actor_of
from minassa.vocabulary.identifiers import affiliation_with_key, ice_with_key

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)
PASSWORD = "un mot de passe de démonstration"
HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""Slow on purpose elsewhere, quick here."""


def make_body(code: str, kind: str = "agency") -> Body:
    return Body.objects.get_or_create(code=code, defaults={"kind": kind, "name": f"{code} FICTIF"})[0]


def make_account(name: str) -> Account:
    return Account.objects.create_user(f"{name}@minassa.example")


def appointed(name: str, role: Role, body: Body) -> Actor:
    held = make_account(name)
    held.appointments.create(body=body, role=role, since=LONG_AGO)
    return actor_of(held)


def mandated(name: str, power: Power, *enterprises: Enterprise) -> Actor:
    held = make_account(name)
    for enterprise in enterprises:
        held.mandates.create(enterprise=enterprise, power=power, since=LONG_AGO)
    return actor_of(held)


def invented(number: int, name: str = "EXEMPLE SARL", place: int = 0) -> Identity:
    return Identity(
        ice=ice_with_key(9_990_000_000_000 + number),
        name=name,
        affiliation=f"{affiliation_with_key(900_000 + number):07d}",
        place=place,
    )


def account_of(actor: Actor) -> Account:
    return Account.objects.get(email=actor.email)


def demonstrate(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = HASHERS
    accounts(PASSWORD)


def enter(client: Client, name: str) -> Account:
    account = Account.objects.get(email=f"{name}@minassa.example")
    client.force_login(account)
    return account
