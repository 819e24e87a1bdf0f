"""A target on the page of a P2I and a trial of it: typed words kept, few told of nothing, what is asked adds up."""

from __future__ import annotations

import csv
import html
import io
import re
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from minassa.outlook.specialisation.fields import fields
from minassa.outlook.specialisation.trial import REST, Wanted
from minassa.platforms.models import SpecialisationTarget
from minassa.platforms.public import number, unit
from minassa.registry.models import Body, Role
from minassa.steering.platforms.premiums import premiums_of
from minassa.steering.platforms.specialising import specialise_next
from minassa.steering.platforms.trying import measure_of, passages_to, place_row, recognised_in, try_target
from minassa.web.platforms.trial_asked import basis_points
from tests.onestop.world import World, appointed, make_world
from tests.web.cases.people import client_of
from tests.web.claims_world import settle
from tests.web.platforms_world import as_if_many

pytestmark = pytest.mark.django_db
PAGE, TRIAL = "/fr/plateformes/casanearshore/", "/fr/plateformes/casanearshore/essai/"


@pytest.fixture
def world(settings: Settings, tmp_path: Path, db: None) -> World:
    del db
    settings.MINASSA_HOME = tmp_path / "home"
    settings.MINASSA_FILES = tmp_path / "files"
    return make_world()


@pytest.fixture
def secretary(world: World) -> Client:
    return client_of(world.secretary.email.partition("@")[0])


def aimed(**changes: str) -> dict[str, str]:
    year = str(timezone.localdate().year + 4)
    return {
        "act": "set-target",
        "field": "ai-data",
        "share": "12,5",
        "by_year": year,
        "said": "Motif EXEMPLE",
    } | changes


def test_without_a_run_there_is_neither_trial_nor_target(secretary: Client) -> None:
    shown = secretary.get(TRIAL)
    assert shown.status_code == 200
    assert "après un calcul" in shown.text
    refused = secretary.post(PAGE, aimed())
    assert refused.status_code == 422
    assert "Motif EXEMPLE" in refused.text
    assert not SpecialisationTarget.objects.exists()


def test_a_target_is_set_followed_and_its_trial_is_one_step_away(secretary: Client) -> None:
    settle()
    specialise_next(timezone.now())
    assert "rien n'y est essayé" in html.unescape(secretary.get(TRIAL).text)
    as_if_many()
    for wrong in ({"share": "beaucoup"}, {"share": "95"}, {"by_year": "2000"}, {"field": "x"}, {"said": " "}):
        refused = secretary.post(PAGE, aimed(**wrong))
        assert refused.status_code == 422, wrong
        assert 'role="alert"' in refused.text
    assert secretary.post(PAGE, aimed(proposal="x")).status_code == 422
    done = secretary.post(PAGE, aimed())
    assert (done.status_code, done["Location"]) == (302, f"{PAGE}#cibles")
    row = SpecialisationTarget.objects.get()
    assert row.baseline_share == measure_of(configured.MINASSA_HOME, unit(101), "ai-data").share
    shown = secretary.get(PAGE).text
    tried = re.search(r'href="(/fr/plateformes/casanearshore/essai/\?[^"]+)"', shown)
    assert tried is not None
    page = secretary.get(tried[1].replace("&amp;", "&"))
    assert page.status_code == 200
    assert 'value="12.50"' in page.text
    assert "Ce que la cible demande" in page.text


def test_a_proposal_of_the_chief_is_held_by_the_secretariat(world: World, secretary: Client) -> None:
    settle()
    specialise_next(timezone.now())
    appointed("p2i-chef", Body.objects.get(code="casanearshore-manager"), Role.SUPERVISOR)
    theirs = client_of("p2i-chef")
    assert theirs.post(PAGE, aimed()).status_code == 403
    assert theirs.post(PAGE, aimed(act="propose-target")).status_code == 302
    asked = SpecialisationTarget.objects.get()
    held = {"act": "set-target", "proposal": str(asked.uuid)}
    assert secretary.post(PAGE, held).status_code == 302
    assert secretary.post(PAGE, held).status_code == 409
    assert SpecialisationTarget.objects.get(proposal=asked).said == asked.said
    del world


def test_what_is_typed_wrongly_in_a_trial_is_told_beside_its_field(secretary: Client) -> None:
    for wrong in ("part=99", "part=x", "annee=1999", "domaine=x", "reconversion=101", "salaire=-1", "metres=0"):
        answer = secretary.get(f"{TRIAL}?{wrong}")
        assert answer.status_code == 422, wrong
        name, typed = wrong.split("=")
        assert f"erreur-{name}" in answer.text
        assert typed in answer.text
    assert secretary.get("/fr/plateformes/hors-p2i/essai/").status_code == 404
    assert secretary.get("/fr/plateformes/nulle-part/essai/").status_code == 404


def test_a_trial_asks_what_it_is_made_of(secretary: Client) -> None:
    settle()
    specialise_next(timezone.now())
    as_if_many()
    found = place_row(configured.MINASSA_HOME, unit(101))
    assert found is not None
    document, row = found
    metres = number("square_metres_a_post")
    tried = try_target(row, Wanted("cloud-devops", 6_000, 4, 5_000), metres)
    trial = tried.trial
    assert trial.posts
    assert sum(one.after for one in trial.weights) == (recognised_in(row) or 0) + trial.added
    assert trial.metres == trial.added * metres
    for one in row["occupations"]:
        assert one["people"] is None or one["people"] >= document["fewest_people"]
    for code in fields():
        assert not any(one.field == code for one in passages_to(code, row["occupations"]))

    slug = unit(row["place"]).slug
    address = f"/fr/plateformes/{slug}/essai/?domaine=cloud-devops&part=60&annee={timezone.localdate().year + 4}"
    page = secretary.get(address)
    assert page.status_code == 200
    lines = list(
        csv.reader(io.StringIO(secretary.get(f"{address}&format=csv").content.decode("utf-8-sig")), delimiter=";")
    )
    told = {line[0]: line[1] for line in lines}
    assert told["Postes de plus dans le domaine"] == str(trial.posts)
    premiums = premiums_of(slug, "cloud-devops", 800_000, timezone.localdate().year + 1)
    assert [one.measure for one in premiums] == ["pae", "paf"]
    assert all(one.cents > 0 for one in premiums)
    assert secretary.get(f"{address}&format=xlsx")["Content-Type"].endswith("sheet")


def test_people_present_move_from_near_occupations_and_the_far_ones_stay(secretary: Client) -> None:
    settle()
    specialise_next(timezone.now())
    as_if_many()
    year = timezone.localdate().year + 4
    page = secretary.get(f"{TRIAL}?domaine=cloud-devops&part=20&annee={year}")
    assert page.status_code == 200
    row = place_row(configured.MINASSA_HOME, unit(101))
    assert row is not None
    tried = try_target(row[1], Wanted("cloud-devops", 2_000, 4, 5_000), 8)
    assert 0 < tried.trial.converted <= tried.compared * number("movable_of_near") // 10_000
    near = [one.passage for one in tried.trial.moved]
    assert all(one.advised for one in near)
    assert near == sorted(near, key=lambda one: one.distance)
    assert "passage non conseillé" in page.text
    gone = {one.field: one.change for one in tried.trial.weights}
    assert gone["cloud-devops"] == tried.trial.posts
    assert gone[REST] == -tried.trial.converted
    arabic = secretary.get(f"{TRIAL}?domaine=cloud-devops&part=20&annee={year}".replace("/fr/", "/ar/"))
    assert "انتقال غير منصوح به" in arabic.text


def test_where_few_are_nothing_is_told_nor_given_back_by_a_subtraction() -> None:
    told = [{"code": "ai-data", "people": 40}, {"code": "engineering", "people": None}]
    assert recognised_in({"whole": {"recognised": None, "elsewhere": None}, "fields": told}) is None
    assert recognised_in({"whole": {"recognised": 52, "elsewhere": None}, "fields": told}) == 40
    assert recognised_in({"whole": {"recognised": 92, "elsewhere": 40}, "fields": told}) == 92


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12,5", 1_250),
        ("12.05 %", 1_205),
        ("0", 0),
        ("100", 10_000),
        ("1,234", None),
        ("", None),
        ("١٢", None),
        ("-1", None),
    ],
)
def test_a_percentage_is_read_as_it_is_typed(text: str, found: int | None) -> None:
    assert basis_points(text) == found
