from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from minassa.journal.models import Entry
from minassa.onestop.clients import client_actor, client_of
from minassa.onestop.models import ApiClient
from minassa.registry.demonstration import accounts
from minassa.web.demonstration import SYSTEMS, client_file, give_clients

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demonstration(settings: Settings, tmp_path: Path) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MINASSA_HOME = tmp_path
    accounts("un mot de passe de démonstration")


def secrets_of(code: str) -> dict[str, str]:
    read: dict[str, str] = json.loads(client_file(code).read_text("utf-8"))
    return read


def test_each_system_proves_itself_by_a_secret_that_only_its_owner_reads() -> None:
    give_clients(timezone.now())
    for code in SYSTEMS:
        kept = secrets_of(code)
        assert stat.S_IMODE(client_file(code).stat().st_mode) == 0o600
        client = client_of(kept["client_id"], kept["secret"])
        assert client is not None
        assert client_actor(client).in_body(code)
        assert kept["secret"] not in client.secret_digest
        assert client_of(kept["client_id"], kept["secret"] + "x") is None
    assert client_of("nobody", "") is None


def test_a_second_time_keeps_the_secrets_and_a_lost_file_gets_new_ones() -> None:
    give_clients(timezone.now())
    before = {code: secrets_of(code) for code in SYSTEMS}
    client_file("dgi").unlink()
    give_clients(timezone.now())
    assert {code for code in SYSTEMS if secrets_of(code) != before[code]} == {"dgi"}
    assert ApiClient.objects.count() == len(SYSTEMS)
    assert client_of(before["dgi"]["client_id"], before["dgi"]["secret"]) is None


def test_the_journal_tells_of_clients_and_never_of_secrets() -> None:
    give_clients(timezone.now())
    told = str(list(Entry.objects.filter(kind__startswith="client.").values_list("body", flat=True)))
    assert "dgi-" in told
    assert secrets_of("dgi")["secret"] not in told
