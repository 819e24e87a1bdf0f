from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from minassa.registry.models import Enterprise
from minassa.registry.public import Civil, keep_person
from tests.registry.world import demonstrate, enter

pytestmark = pytest.mark.django_db
SEARCH = "/fr/recherche/"


@pytest.fixture(autouse=True)
def _world(settings: Settings) -> None:
    demonstrate(settings)
    keep_person(Civil("Zoé FICTIF", cin="QZ777777"), Enterprise.objects.get(name__contains="JASMIN"))


@pytest.mark.parametrize("asked", ["arganier", "أركان", "  ARGANIER  data "])
def test_one_box_reads_both_scripts(client: Client, asked: str) -> None:
    enter(client, "cnss")
    found = client.get(SEARCH, {"q": asked}).context["found"]
    assert [each.name for each in found.enterprises] == ["EXEMPLE ARGANIER DATA"]


def test_a_person_is_found_by_who_may_know_of_them(client: Client) -> None:
    for who, seen in (("cnss", 1), ("accountant", 1), ("prepare", 0), ("admin", 0)):
        enter(client, who)
        for asked in ("zoe", "qz 777777"):
            assert len(client.get(SEARCH, {"q": asked}).context["found"].persons) == seen, who


def test_nothing_one_may_not_see_is_found(client: Client) -> None:
    enter(client, "prepare")
    text = client.get(SEARCH, {"q": "jasmin"}).text
    assert "EXEMPLE JASMIN" not in text
    assert "Rien trouvé" in text


@pytest.mark.parametrize("asked", ["", " ", "a", "%", "'; --", "é" * 500])
def test_odd_questions_are_answered(client: Client, asked: str) -> None:
    enter(client, "admin")
    assert client.get(SEARCH, {"q": asked}).status_code == 200
