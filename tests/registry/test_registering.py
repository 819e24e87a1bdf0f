from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from minassa.journal.models import Entry
from minassa.registry.models import Body, Enterprise, Establishment, Park, Power, Role
from minassa.registry.public import (
    VISITOR,
    Actor,
    AlreadyHeld,
    AlreadyKnown,
    Forbidden,
    WrongDates,
    WrongIdentity,
    close_establishment,
    correct,
    findings,
    join_group,
    open_establishment,
    record_shareholder,
    register,
    visible_enterprises,
)
from tests.registry.world import NOW, appointed, invented, make_body, mandated

pytestmark = pytest.mark.django_db
CASANEARSHORE, TECHNOPOLIS = 101, 102


@pytest.fixture
def manager() -> Actor:
    body = make_body("gestionnaire", "park_manager")
    Park.objects.create(place=CASANEARSHORE, manager=body, since=date(2020, 1, 1))
    return appointed("p2i", Role.PARK_MANAGER, body)


def seen(actor: Actor) -> set[Enterprise]:
    return set(Enterprise.objects.filter(visible_enterprises(actor)))


def test_an_enterprise_is_kept_with_the_words_it_is_searched_by(admin: Actor) -> None:
    kept = register(admin, replace(invented(7, "Société d'EXEMPLE"), name_arabic="شركة المثال"), NOW)
    assert kept.search == f"societe d exemple شركه المثال {kept.ice} {kept.affiliation}"
    assert Entry.objects.get(kind="enterprise.registered").body["enterprise"] == str(kept.uuid)


def test_a_doubtful_key_is_a_reserve_and_does_not_refuse(admin: Actor) -> None:
    right = int(invented(8).affiliation)
    wrong = right - 1 if right % 10 else right + 1
    doubtful = replace(invented(8), affiliation=str(wrong))
    assert [remark.severity for remark in findings(doubtful)["affiliation"]] == ["warn"]
    assert register(admin, doubtful, NOW).affiliation == wrong


def test_an_impossible_number_is_refused_without_being_quoted(admin: Actor) -> None:
    with pytest.raises(WrongIdentity) as refusal:
        register(admin, replace(invented(9), fiscal_id="12A", affiliation="77"), NOW)
    assert set(refusal.value.fields) == {"fiscal_id", "affiliation"}
    assert "12A" not in str(refusal.value.fields)
    assert not Enterprise.objects.exists()


def test_a_name_is_asked_for(admin: Actor) -> None:
    with pytest.raises(WrongIdentity):
        register(admin, invented(9, "  "), NOW)


def test_a_number_is_given_to_one_enterprise_only(admin: Actor, firm: Enterprise) -> None:
    other = replace(invented(2), affiliation=f"{firm.affiliation:07d}")
    with pytest.raises(AlreadyKnown) as refusal:
        register(admin, other, NOW)
    assert refusal.value.fields == ("affiliation",)


def test_correcting_tells_the_journal_which_fields_changed_and_not_their_values(admin: Actor, firm: Enterprise) -> None:
    correct(admin, firm, invented(1, "EXEMPLE RENOMMÉE"), NOW)
    told = Entry.objects.get(kind="enterprise.corrected").body
    assert told["fields"] == ["name"]
    assert "RENOMM" not in str(told)
    assert "exemple renommee" in Enterprise.objects.get().search


def test_who_is_not_competent_registers_nothing(cnss: Body, manager: Actor) -> None:
    for actor in (VISITOR, appointed("agent", Role.OFFICER, cnss)):
        with pytest.raises(Forbidden):
            register(actor, invented(1), NOW)
    with pytest.raises(Forbidden):
        register(manager, invented(1, place=TECHNOPOLIS), NOW)
    assert register(manager, invented(1, place=CASANEARSHORE), NOW).pk


def test_each_sees_the_enterprises_that_concern_them(admin: Actor, manager: Actor, cnss: Body) -> None:
    here, there, branch = (
        register(admin, invented(n, place=place), NOW)
        for n, place in ((1, CASANEARSHORE), (2, TECHNOPOLIS), (3, TECHNOPOLIS))
    )
    open_establishment(admin, branch, place=CASANEARSHORE, address="", opened_on=date(2024, 1, 1), at=NOW)
    assert seen(admin) == seen(appointed("agent", Role.OFFICER, cnss)) == {here, there, branch}
    assert seen(manager) == {here, branch}
    assert seen(mandated("compta", Power.PREPARE, here, there)) == {here, there}
    assert seen(VISITOR) == set()
    assert seen(appointed("apebi", Role.FEDERATION, make_body("apebi", "federation"))) == set()


def test_establishments_are_numbered_in_order_and_close_after_they_open(admin: Actor, firm: Enterprise) -> None:
    first, second = (
        open_establishment(admin, firm, place=CASANEARSHORE, address="", opened_on=date(2024, 5, 1), at=NOW)
        for _ in range(2)
    )
    assert (first.number, second.number) == (1, 2)
    with pytest.raises(WrongDates):
        close_establishment(admin, second, date(2024, 4, 30), NOW)
    close_establishment(admin, second, date(2024, 5, 1), NOW)
    assert Establishment.objects.get(number=2).closed_on == date(2024, 5, 1)


def test_groups_and_shareholders_are_noted_by_the_secretariat_only(admin: Actor, firm: Enterprise) -> None:
    other = register(admin, invented(2), NOW)
    join_group(admin, firm, "Groupe EXEMPLE", NOW)
    join_group(admin, other, "Groupe EXEMPLE", NOW)
    firm.refresh_from_db()
    other.refresh_from_db()
    assert firm.group == other.group

    def record(held: Enterprise, holder: Enterprise) -> None:
        record_shareholder(admin, held, holder, share_basis_points=5_100, since=date(2024, 1, 1), at=NOW)

    record(firm, other)
    for held, holder in ((firm, other), (firm, firm)):
        with pytest.raises(AlreadyHeld):
            record(held, holder)
    with pytest.raises(Forbidden):
        join_group(mandated("sign", Power.SIGN, firm), firm, "", NOW)
