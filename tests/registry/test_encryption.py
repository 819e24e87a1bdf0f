from __future__ import annotations

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from minassa.registry.encryption import blind_index
from minassa.registry.models import Account, Person
from minassa.registry.public import Civil, keep_person
from minassa.registry.rotation import Progress, encrypted_columns, rotate_all

pytestmark = pytest.mark.django_db

NAME = "Personne FICTIVE"


def raw(table: str, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column}::text FROM {table} ORDER BY id")  # noqa: S608 (names of the test)
        return [row[0] for row in cursor.fetchall()]


def test_the_database_holds_no_clear_text() -> None:
    keep_person(Civil(full_name=NAME, cin="QZ123456", cnss_number="100000001", passport="XX00001"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_person::text FROM registry_person")
        (row,) = cursor.fetchone() or ("",)
    for secret in ("FICTIVE", "fictive", "QZ123456", "100000001", "XX00001"):
        assert secret not in row
    assert Person.objects.get().full_name == NAME


def test_the_same_value_is_encrypted_differently_each_time() -> None:
    keep_person(Civil(full_name=NAME))
    keep_person(Civil(full_name=NAME))
    first, second = raw("registry_person", "full_name")
    assert first != second


def test_an_index_says_the_same_for_the_same_value_and_nothing_without_its_key(settings: Settings) -> None:
    before = blind_index("cin:QZ1")
    assert before == blind_index("cin:QZ1") != blind_index("cin:QZ2")
    settings.MINASSA_INDEX_KEY = "another"
    assert blind_index("cin:QZ1") != before


def test_after_a_rotation_the_old_key_is_needed_no_more(settings: Settings) -> None:
    old, new = settings.MINASSA_FIELD_KEYS, [Fernet.generate_key().decode()]
    account = Account.objects.create(email="qui@minassa.example", full_name=NAME, password="!")
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(account, secret)
    for number in range(3):
        keep_person(Civil(full_name=f"{NAME} {number}", cin=f"QZ{number}"))

    settings.MINASSA_FIELD_KEYS = new + old
    told = StringIO()
    call_command("rotate_field_keys", stdout=told)
    assert "registry.person.full_name : 3 lignes vues, 3 rechiffrées" in told.getvalue()

    settings.MINASSA_FIELD_KEYS = new
    assert [person.full_name for person in Person.objects.order_by("pk")] == [f"{NAME} {n}" for n in range(3)]
    assert Account.objects.get().full_name == NAME
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)
    assert TOTP(kept).instance.user_id == account.pk
    assert Account.objects.get().password == "!"


def test_a_rotation_started_again_does_only_what_is_left(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minassa.registry.rotation.BATCH", 2)
    old, new = settings.MINASSA_FIELD_KEYS, [Fernet.generate_key().decode()]
    for number in range(5):
        keep_person(Civil(full_name=f"{NAME} {number}"))
    settings.MINASSA_FIELD_KEYS = new + old

    class Interrupted(Exception):
        pass

    def stop(progress: Progress) -> None:
        if progress.column == "registry.person.full_name" and progress.seen >= 4:
            raise Interrupted

    with pytest.raises(Interrupted):
        rotate_all(stop)
    assert rotate_all(lambda _progress: None) == 1
    assert rotate_all(lambda _progress: None) == 0


def test_a_key_withdrawn_too_early_is_said_and_loses_nothing(settings: Settings) -> None:
    old = settings.MINASSA_FIELD_KEYS
    keep_person(Civil(full_name=NAME))
    settings.MINASSA_FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="remettez l'ancienne clé"):
        call_command("rotate_field_keys", stdout=StringIO())
    settings.MINASSA_FIELD_KEYS = old
    assert Person.objects.get().full_name == NAME


def test_every_encrypted_column_is_found() -> None:
    found = {(model.__name__, name) for model, name in encrypted_columns()}
    assert {("Person", "cin"), ("Account", "full_name")} <= found
