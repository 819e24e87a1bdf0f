from __future__ import annotations

import pytest

from minassa.registry.models import Body, Enterprise, Person, Power, Role
from minassa.registry.public import VISITOR, Actor, Civil, keep_person, persons_by_name, persons_by_number
from tests.registry.world import appointed, mandated

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(cnss: Body) -> Actor:
    return appointed("agent", Role.OFFICER, cnss)


@pytest.fixture
def person(firm: Enterprise) -> Person:
    civil = Civil("Élodie FICTIF-Exemple", "إلودي المثال", cin="qz 12345", cnss_number="100000001", nationality="fr")
    return keep_person(civil, firm)


@pytest.mark.parametrize("number", ["QZ12345", "qz-12345", "100000001", "100 000 001"])
def test_a_person_is_found_by_either_number_however_typed(officer: Actor, person: Person, number: str) -> None:
    assert list(persons_by_number(officer, number)) == [person]


@pytest.mark.parametrize("number", ["", "QZ1234", "QZ123456"])
def test_part_of_a_number_finds_nobody(officer: Actor, person: Person, number: str) -> None:
    assert person.pk
    assert not persons_by_number(officer, number).exists()


@pytest.mark.parametrize("text", ["elodie", "EXEMPLE fictif", "الودي", "المثال إلودى", "Élodie المثال"])
def test_a_person_is_found_by_words_of_their_name(officer: Actor, person: Person, text: str) -> None:
    assert list(persons_by_name(officer, text)) == [person]


@pytest.mark.parametrize("text", ["", "elo", "elodie autre"])
def test_other_words_find_nobody(officer: Actor, person: Person, text: str) -> None:
    assert person.pk
    assert not persons_by_name(officer, text).exists()


def test_only_those_concerned_find_a_person(admin: Actor, firm: Enterprise, person: Person) -> None:
    assert list(persons_by_name(mandated("prepare", Power.PREPARE, firm), "elodie")) == [person]
    for actor in (VISITOR, admin, mandated("ailleurs", Power.PREPARE)):
        assert not persons_by_name(actor, "elodie").exists()


def test_a_corrected_name_is_found_and_the_old_one_is_not(officer: Actor, person: Person) -> None:
    keep_person(Civil("Autre FICTIF"), person=person)
    assert list(persons_by_name(officer, "autre")) == [person]
    assert not persons_by_name(officer, "elodie").exists()
    assert not persons_by_number(officer, "QZ12345").exists()
