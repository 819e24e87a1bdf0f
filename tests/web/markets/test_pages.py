"""Pages of markets: weights kept by the address, wrong ones told, a file told then entered, exports, bad forms."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from minassa.markets.models import Event, Figure, Lead
from minassa.registry.models import Account, Body, Role
from minassa.registry.public import Actor
from tests.onestop.world import World, appointed, make_world
from tests.web.markets_world import HIDDEN, Marketed, make_markets

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WEIGHTS = {
    "p-services_imports": "0",
    "p-imports_growth": "0",
    "p-developer_wage": "0",
    "p-first_supplier": "0",
    "p-time_gap": "37,5",
    "p-common_language": "62,5",
}


@dataclass
class Scene:
    world: World
    made: Marketed
    promoter: Client
    park: Client


@pytest.fixture
def scene() -> Scene:
    world = make_world()
    promoter = appointed("federation", Body.objects.get(code="minassa"), Role.FEDERATION)
    park = appointed("p2i", Body.objects.get(code="casanearshore-manager"), Role.PARK_MANAGER)
    made = make_markets(promoter, park, world.enterprise, timezone.now())
    return Scene(world, made, browser(promoter), browser(park))


def browser(actor: Actor) -> Client:
    """A browser where someone is signed in, the second factor met."""
    account = Account.objects.get(pk=actor.account_id or 0)
    TOTP.activate(account, generate_totp_secret())
    opened = Client()
    opened.force_login(account, BACKEND)
    return opened


def test_weights_of_the_address_change_the_ranking_and_stay_in_the_form(scene: Scene) -> None:
    proposed = scene.promoter.get("/fr/marches/")
    assert proposed.context["rows"][0]["code"] == "US"
    moved = scene.promoter.get("/fr/marches/", WEIGHTS)
    assert [row["code"] for row in moved.context["rows"]] == ["FR", "CI", "ES", "US"]
    assert 'value="62,5"' in moved.content.decode()
    assert len(moved.context["holdings"]) == len(WEIGHTS)
    assert sum(moved.context["around"].shares.values()) in range(9_990, 10_005)


@pytest.mark.parametrize("wrong", [{"p-time_gap": "50"}, {"p-time_gap": "beaucoup"}, {"p-time_gap": "-3"}])
def test_weights_that_cannot_be_are_told_and_those_proposed_stand(scene: Scene, wrong: dict[str, str]) -> None:
    answer = scene.promoter.get("/fr/marches/", wrong)
    assert answer.status_code == 422
    assert answer.context["wrong"]
    assert answer.context["rows"][0]["code"] == "US"


def test_the_ranking_is_taken_away_with_its_figures(scene: Scene) -> None:
    answer = scene.promoter.get("/fr/marches/", {"format": "csv"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["US", "FR", "CI", "ES"]
    assert rows[1][5] == "21000"


def test_a_file_is_told_then_entered_and_a_bad_one_is_refused(scene: Scene) -> None:
    before = Figure.objects.count()
    page = scene.promoter.get(f"/fr/marches/chiffres/{scene.made.file.uuid}/")
    assert [(one["line"], one["column"]) for one in page.context["findings"]] == [(26, 1)]
    assert scene.promoter.post(page.request["PATH_INFO"]).status_code == 302
    assert Figure.objects.count() == before + 24
    refused = scene.promoter.post("/fr/marches/chiffres/", {"file": SimpleUploadedFile("a.csv", b"rien")})
    assert refused.status_code == 422
    assert scene.promoter.post("/fr/marches/chiffres/").status_code == 422
    market = scene.promoter.get("/fr/marches/FR/")
    assert len(market.context["figures"]) == 6
    assert len(market.context["former"]) == 6
    for wanted in ("csv", "xlsx"):
        assert scene.promoter.get("/fr/marches/chiffres/modele/", {"format": wanted}).content
    assert scene.promoter.get("/fr/marches/ZZ/").status_code == 404


@pytest.mark.parametrize(
    "form",
    [
        {},
        {
            "company": "\x00",
            "market": "FR",
            "segment": "offshoring",
            "filiere": "2",
            "places_wanted": "4",
            "by_month": "2027-01",
        },
        {"company": "X", "market": "FR", "segment": "offshoring", "filiere": "x"},
        {"company": "X", "market": "FR", "segment": "offshoring", "filiere": "2", "places_wanted": "-4"},
        {"company": "X", "market": "FR", "segment": "offshoring", "filiere": "2", "places_wanted": "9" * 30},
        {"company": "X", "market": "FR", "segment": "x", "filiere": "2", "places_wanted": "4", "by_month": "2027-01"},
        {
            "company": "X",
            "market": "FR",
            "segment": "offshoring",
            "filiere": "2",
            "places_wanted": "4",
            "by_month": "?",
        },
    ],
)
def test_a_bad_lead_is_told_and_nothing_is_written(scene: Scene, form: dict[str, str]) -> None:
    before = Lead.objects.count()
    answer = scene.promoter.post(f"/fr/marches/evenements/{scene.made.event.uuid}/", form)
    assert answer.status_code == 422
    assert Lead.objects.count() == before


def test_a_bad_event_is_told_and_filters_hold_whatever_is_asked(scene: Scene) -> None:
    assert scene.promoter.post("/fr/marches/evenements/", {"name": "X", "starts_on": "2026-13-45"}).status_code == 422
    assert Event.objects.count() == 1
    for query in ("?marche=FR&genre=fair&commission=europe", "?sort=rien", "?marche=%00", "?genre=x&sort=-name"):
        assert scene.promoter.get(f"/fr/marches/evenements/{query}").status_code == 200
    for query in ("?etat=won", "?p2i=101", "?p2i=99999999999", "?sort=-places", "?etat=%00&marche=x"):
        assert scene.promoter.get(f"/fr/marches/pistes/{query}").status_code == 200
    filtered = scene.promoter.get("/fr/marches/pistes/?etat=won&p2i=101")
    assert [one["lead"] for one in filtered.context["leads"]] == [scene.made.won]


def test_a_lead_is_acted_on_and_what_is_refused_says_why(scene: Scene) -> None:
    address = f"/fr/marches/pistes/{scene.made.asked.uuid}/"
    assert HIDDEN not in scene.park.get(address).content.decode()
    assert scene.park.post(address, {"act": "answer", "place": "101", "places": "?"}).status_code == 422
    assert scene.park.post(address, {"act": "decline", "place": "101", "said": "Complet (exemple)."}).status_code == 302
    assert scene.promoter.post(address, {"act": "rien"}).status_code == 404
    won = {"act": "win", "ice": "1", "signed_month": "2026-01", "jobs_promised": "4"}
    assert scene.promoter.post(address, won).status_code == 422
    stale = scene.promoter.post(address, {"act": "lose", "why": "Motif EXEMPLE", "version": "0"})
    assert stale.status_code == 409
    kept = scene.promoter.get(f"/fr/marches/pistes/{scene.made.won.uuid}/")
    assert kept.context["asked"][0]["reply"].places == 30
    assert "Barème EXEMPLE" in kept.content.decode()
