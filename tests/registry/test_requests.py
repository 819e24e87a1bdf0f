from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from minassa.registry.models import AccountRequest, Enterprise, Park, Role
from minassa.registry.public import (
    Actor,
    AlreadyAnswered,
    Asked,
    Forbidden,
    TooOften,
    WrongIdentity,
    accept,
    actor_of,
    answer,
    ask,
    refuse,
    take,
    visible_requests,
)
from tests.registry.world import NOW, appointed, invented, make_body

pytestmark = pytest.mark.django_db
ASKED = Asked(
    ice=invented(5).ice,
    enterprise_name="NOUVELLE EXEMPLE",
    place=101,
    email="Gerante@minassa.example",
    full_name="Gérante FICTIVE",
)


@pytest.fixture
def secretariat() -> Actor:
    return appointed("secretariat", Role.SECRETARIAT, make_body("cto", "committee"))


def test_a_request_becomes_an_invitation_and_the_invitation_a_signatory(secretariat: Actor) -> None:
    _, token = answer(secretariat, ask(ASKED, "origin", NOW), NOW)
    account = accept(token, full_name=ASKED.full_name, password="une phrase assez longue", language="fr", at=NOW)
    enterprise = Enterprise.objects.get(ice=ASKED.ice)
    assert actor_of(account, NOW.date()).enterprises("sign") == {enterprise.pk}
    assert AccountRequest.objects.get().state == "invited"


def test_a_request_is_answered_once(secretariat: Actor) -> None:
    request = ask(ASKED, "origin", NOW)
    refuse(secretariat, request, NOW)
    with pytest.raises(AlreadyAnswered):
        answer(secretariat, request, NOW)


def test_an_impossible_ice_is_refused_at_once() -> None:
    with pytest.raises(WrongIdentity) as refusal:
        ask(replace(ASKED, ice="ABC"), "origin", NOW)
    assert set(refusal.value.fields) == {"ice"}


def test_one_origin_and_one_enterprise_cannot_flood_the_queue() -> None:
    for number in range(5):
        ask(replace(ASKED, ice=invented(number + 1).ice), "one origin", NOW)
    with pytest.raises(TooOften):
        ask(replace(ASKED, ice=invented(9).ice), "one origin", NOW)
    ask(replace(ASKED, ice=invented(9).ice), "other origin", NOW)
    ask(replace(ASKED, ice=invented(9).ice), "other origin", NOW)
    with pytest.raises(TooOften):
        ask(replace(ASKED, ice=invented(9).ice), "a third origin", NOW)


def test_a_manager_sees_and_answers_the_requests_of_their_places(secretariat: Actor) -> None:
    body = make_body("gestionnaire", "park_manager")
    Park.objects.create(place=101, manager=body, since=date(2020, 1, 1))
    manager = appointed("p2i", Role.PARK_MANAGER, body)
    here = ask(ASKED, "origin", NOW)
    there = ask(replace(ASKED, ice=invented(6).ice, place=102), "origin", NOW)
    assert set(AccountRequest.objects.filter(visible_requests(manager))) == {here}
    assert set(AccountRequest.objects.filter(visible_requests(secretariat))) == {here, there}
    with pytest.raises(Forbidden):
        answer(manager, there, NOW)
    assert answer(manager, here, NOW)[1]


def test_a_bucket_gives_what_it_holds_then_waits() -> None:
    assert [take("essai", "k", capacity=3, seconds=3600) for _ in range(4)] == [True, True, True, False]
    assert take("essai", "other", capacity=3, seconds=3600)
    assert take("essai", "k", capacity=3, seconds=1e-9)
