from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from minassa.registry.models import Enterprise, Invitation, Mandate
from tests.registry.world import demonstrate, enter, invented

pytestmark = pytest.mark.django_db
LIST = "/fr/entreprises/"


@pytest.fixture(autouse=True)
def _world(settings: Settings) -> None:
    demonstrate(settings)


def firm(part: str) -> Enterprise:
    return Enterprise.objects.get(name__contains=part)


def names(text: str) -> set[str]:
    return {each.name for each in Enterprise.objects.all() if f"<bdi>{each.name}</bdi></a>" in text}


@pytest.mark.parametrize(
    ("who", "seen"),
    [("admin", 12), ("cnss", 12), ("accountant", 4), ("prepare", 1), ("p2i", 2)],
)
def test_each_lists_what_concerns_them(client: Client, who: str, seen: int) -> None:
    enter(client, who)
    answer = client.get(LIST)
    assert len(names(answer.text)) == seen
    assert "synthétique" in answer.text


@pytest.mark.parametrize("who", ["apebi", "formation"])
def test_whoever_has_nothing_to_do_with_firms_lists_none(client: Client, who: str) -> None:
    enter(client, who)
    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("asked", ["cèdre", "CEDRE", "الارز", "أَرْز"])
def test_the_list_is_searched_in_both_scripts(client: Client, asked: str) -> None:
    enter(client, "admin")
    assert names(client.get(LIST, {"q": asked}).text) == {"EXEMPLE CÈDRE BPO", "EXEMPLE CÈDRE NORD"}


def test_a_misspelt_name_is_offered_as_a_likeness(client: Client) -> None:
    enter(client, "admin")
    text = client.get(LIST, {"q": "bouregrag"}).text
    assert names(text) == {"EXEMPLE BOUREGREG CLOUD"}
    assert "qui leur ressemblent" in text


def test_pages_of_a_long_list_neither_skip_nor_repeat(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minassa.web.enterprises.listing.PAGE", 5)
    enter(client, "admin")
    seen: list[str] = []
    after, before = "", ""
    for _ in range(3):
        listed = client.get(LIST, {"after": after} if after else {}).context["listed"]
        seen += [each.name for each in listed.rows]
        after, before = listed.after, listed.before
    assert after == ""
    assert seen == sorted(seen)
    assert len(set(seen)) == 12
    back = client.get(LIST, {"before": before}).context["listed"]
    assert [each.name for each in back.rows] == seen[5:10]
    assert client.get(LIST, {"after": "nonsense"}).status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_holds_only_what_is_seen(client: Client, kind: str) -> None:
    enter(client, "prepare")
    answer = client.get(LIST, {"format": kind})
    assert answer.status_code == 200
    assert "synthetique" in answer["Content-Disposition"]
    if kind == "csv":
        text = answer.content.decode("utf-8-sig")
        assert text.count("\n") == 2
        assert "EXEMPLE ATLAS CONTACT" in text


def test_a_firm_one_may_not_know_of_is_not_there(client: Client) -> None:
    enter(client, "prepare")
    assert client.get(f"{LIST}{firm('ATLAS CONTACT').uuid}/").status_code == 200
    assert client.get(f"{LIST}{firm('JASMIN').uuid}/").status_code == 404


@pytest.mark.parametrize(
    ("who", "sheet", "edit", "people"), [("cnss", 200, 403, 403), ("prepare", 200, 403, 200), ("sign", 200, 200, 200)]
)
def test_pages_of_a_firm_open_by_role(client: Client, who: str, sheet: int, edit: int, people: int) -> None:
    enter(client, who)
    page = f"{LIST}{firm('ATLAS CONTACT').uuid}/"
    assert [client.get(page + name).status_code for name in ("", "corriger/", "personnes/")] == [sheet, edit, people]


def typed(number: int, **changes: str) -> dict[str, str]:
    identity = invented(number)
    return {"name": "EXEMPLE NOUVELLE", "ice": identity.ice, "filiere": "1", "place": "101", **changes}


def test_a_doubtful_number_is_shown_then_confirmed(client: Client) -> None:
    enter(client, "secretariat")
    right = int(invented(3).affiliation)
    asked = typed(3, affiliation=str(right - 1 if right % 10 else right + 1))
    warned = client.post(f"{LIST}inscrire/", asked)
    assert warned.status_code == 200
    assert "À vérifier avant d&#x27;enregistrer" in warned.text or "À vérifier avant d'enregistrer" in warned.text
    assert not Enterprise.objects.filter(ice=asked["ice"]).exists()
    kept = client.post(f"{LIST}inscrire/", {**asked, "confirmed": "on"})
    assert kept.status_code == 302
    assert client.get(kept["Location"]).status_code == 200


def test_impossible_and_taken_numbers_are_refused_beside_their_field(client: Client) -> None:
    enter(client, "secretariat")
    wrong = client.post(f"{LIST}inscrire/", typed(4, fiscal_id="X1"))
    assert set(wrong.context["form"].errors) == {"fiscal_id"}
    taken = client.post(f"{LIST}inscrire/", typed(4, ice=firm("RIF").ice))
    assert set(taken.context["form"].errors) == {"ice"}


def test_a_manager_registers_in_their_place_only(client: Client) -> None:
    enter(client, "p2i")
    assert client.post(f"{LIST}inscrire/", typed(5, place="102")).context["form"].errors
    assert client.post(f"{LIST}inscrire/", typed(5)).status_code == 302


def test_the_sheet_takes_places_of_work_groups_and_shareholders(client: Client) -> None:
    enter(client, "secretariat")
    rif = firm("RIF")
    page = f"{LIST}{rif.uuid}/"
    client.post(f"{page}etablissements/", {"place": "103", "opened_on": "2026-02-01"})
    client.post(f"{page}etablissements/2/fermer/", {"closed_on": "2026-03-01"})
    client.post(f"{page}groupe/", {"group": "Groupe EXEMPLE RIF"})
    client.post(f"{page}actionnaires/", {"ice": firm("JASMIN").ice, "percent": "40", "since": "2026-01-01"})
    rif.refresh_from_db()
    assert rif.establishments.get(number=2).closed_on
    assert rif.group
    assert rif.shareholders.get().share_basis_points == 4_000
    assert "40" in client.get(page).text


def test_the_signatory_invites_and_ends_mandates(client: Client) -> None:
    account = enter(client, "sign")
    atlas = firm("ATLAS CONTACT")
    people = f"{LIST}{atlas.uuid}/personnes/"
    shown = client.post(people, {"email": "neuve@minassa.example", "power": "prepare", "language": "ar"})
    assert "/ar/compte/invitation/" in shown.text
    assert Invitation.objects.get().power == "prepare"
    other = Mandate.objects.get(enterprise=atlas, power="prepare")
    client.post(f"{people}{other.pk}/terminer/")
    other.refresh_from_db()
    assert other.until
    own = Mandate.objects.get(enterprise=atlas, account=account)
    client.post(f"{people}{own.pk}/terminer/")
    own.refresh_from_db()
    assert own.until is None


def test_the_preparer_invites_nobody(client: Client) -> None:
    enter(client, "prepare")
    people = f"{LIST}{firm('ATLAS CONTACT').uuid}/personnes/"
    client.post(people, {"email": "neuve@minassa.example", "power": "prepare", "language": "fr"})
    assert not Invitation.objects.exists()


def test_an_accountant_changes_firm_in_the_head_of_the_page(client: Client) -> None:
    enter(client, "accountant")
    chosen = firm("JASMIN")
    assert client.get(LIST).context["acting_enterprise"] != chosen
    assert client.post(f"{LIST}agir/", {"enterprise": str(chosen.uuid)}).status_code == 302
    assert client.get(LIST).context["acting_enterprise"] == chosen
    for forbidden in (str(firm("SOUSS").uuid), "nonsense"):
        assert client.post(f"{LIST}agir/", {"enterprise": forbidden}).status_code == 404
    Mandate.objects.filter(enterprise=chosen).update(until="2026-01-02")
    assert client.get(LIST).context["acting_enterprise"] != chosen
