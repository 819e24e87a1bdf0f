"""The page of trials: the address is the reform, results equal a full recomputation, nothing wrong breaks it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from pytest_django import Settings

from minassa.engine import evaluate, reform
from minassa.entitlements.amounts import grain_of
from minassa.entitlements.computation import inputs_of, spans
from minassa.entitlements.replays import offer_of
from minassa.entitlements.runs import runs_in
from minassa.offer.loading import load_offer
from minassa.outlook.levers import Lever, levers, reform_of
from minassa.registry.models import Role
from minassa.web.trials.asked import MOST_BESIDE, asked, packed, unpacked
from minassa.web.trials.figure_words import FIGURES
from minassa.web.trials.warm import WARM, WarmRun
from tests.onestop.world import make_world
from tests.web.cases.people import client_of
from tests.web.home.test_home import holder

pytestmark = pytest.mark.django_db
OFFER = load_offer()


def within(lever: Lever, value: int) -> int:
    """The value, brought within the bounds of the lever."""
    return max(lever.lowest, min(value, lever.highest))


CHANGES = st.dictionaries(st.sampled_from(levers(OFFER)), st.integers(0, 30_000), max_size=5).map(
    lambda found: {
        lever.code: within(lever, value) for lever, value in found.items() if within(lever, value) != lever.value
    }
)


@pytest.fixture
def analyst(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Client:
    for needed in ("db", "published"):
        request.getfixturevalue(needed)
    settings.MINASSA_FILES = tmp_path / "files"
    # A page waits two seconds for a run to be loaded: a busy machine must not make another page of it.
    assert WARM.trial(settings.MINASSA_HOME, 60) is not None
    make_world()
    return client_of(holder(Role.ANALYST, "minassa").email.partition("@")[0])


def test_every_figure_has_words_to_translate_and_they_are_those_of_its_description() -> None:
    told = {lever.name: lever.description for lever in levers(OFFER) if not lever.condition}
    assert {name: str(words) for name, words in FIGURES.items()} == told


def page_of(client: Client, query: str = "", **headers: str) -> Any:  # noqa: ANN401 - lxml's elements
    response = client.get(f"/fr/essais/?{query}", headers=headers)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def total_of(home: Path, changes: dict[str, int]) -> int:
    """What the offer so changed gives in all: every rule on every row, no cache."""
    run = runs_in(home / "runs")[-1]
    law = reform(offer_of(run, OFFER), reform_of(OFFER, changes, "essai"))
    grains = {"firm_year", *(grain_of(law, measure) for measure in law.measures)}
    frames = {grain: inputs_of(law, grain, run.table(grain).collect()) for grain in sorted(grains)}
    found = evaluate(law, {grain: frame.lazy() for grain, frame in frames.items()}, spans(law, frames))
    return sum(int(found[grain_of(law, m)].collect()[f"{m}_amount"].fill_null(0).sum()) for m in law.measures)


def cents(found: Any) -> int:  # noqa: ANN401 - lxml's elements
    """Centimes of the amount that an element holds first, as pages write it; nothing for a dash."""
    amount = found if found.tag == "bdi" else next(iter(found.xpath(".//*[@class='money']/bdi")), None)
    text = "" if amount is None else amount.text_content()
    return int("".join(letter for letter in text if letter.isdigit() or letter == "-") or 0)


def test_nothing_moved_changes_nothing(analyst: Client) -> None:
    page = page_of(analyst)
    assert "Aucun levier n'est déplacé" in page.get_element_by_id("resultats").text_content()
    assert len(page.xpath("//input[@type='range']")) > 30


def test_results_are_those_of_a_full_recomputation(analyst: Client, published: Path) -> None:
    changes = {
        "pae_rate": 2500,
        "air_cap.casanearshore": 1500,
        "paf_rehires_excluded": 0,
        "pae_stay_reached": 0,
        "air_cap.*": 1800,
        "income_tax_scale.rate-5": 3800,
        "income_tax_scale.threshold-1": 3_500_000,
    }
    page = page_of(analyst, "&".join(f"{code}={value}" for code, value in changes.items()))
    before, after = (cents(one) for one in page.xpath("//p[@class='told']//bdi")[:2])
    assert (before, after) == (total_of(published, {}), total_of(published, changes))
    assert before != after
    tables = page.xpath("//section[@id='resultats']//table[contains(@class, 'gains')]")[:6]
    assert len(tables) == 6
    for table in tables:
        rows = [[cents(cell) for cell in row.xpath("./td")] for row in table.xpath(".//tbody/tr")]
        lost, _bar, gained, today, reformed = (sum(column) for column in zip(*rows, strict=True))
        assert (today, reformed, gained - lost) == (before, after, after - before)
    (declared, *_more) = page.xpath("//caption[contains(., 'Écart de chaque année')]/..//tbody/tr")
    assert "2025" in declared.text_content()


def test_without_response_no_job_is_told_whatever_the_money(analyst: Client) -> None:
    told = page_of(analyst, "pae_rate=4000").xpath("//ul[@class='figures']/li")
    assert "réponse de 0 :" in told[0].text_content()
    assert told[0].xpath("./strong")[0].text_content().strip() == "0"


def test_htmx_gets_the_results_and_the_address_to_keep(analyst: Client) -> None:
    response = analyst.get("/fr/essais/?pae_rate=1700&pae_stay_months=12&nom=Plus+tôt", headers={"HX-Request": "true"})
    assert b"<html" not in response.content
    assert urlsplit(response["HX-Replace-Url"]).query == "nom=Plus+t%C3%B4t&pae_stay_months=12"


def test_what_is_wrong_is_told_and_the_rest_is_tried(analyst: Client) -> None:
    page = page_of(analyst, "pae_rate=beaucoup&pae_stay_months=12&inconnu=3")
    assert "nombres entiers" in page.xpath("//*[@role='alert']")[0].text_content()
    assert "1 déplacé" in page.xpath("//form")[-1].text_content() or page.xpath("//p[@class='told']//bdi")


def test_what_the_offer_refuses_as_a_whole_is_told_in_words(analyst: Client) -> None:
    page = page_of(analyst, "income_tax_scale.threshold-1=9000000&pae_rate=2000")
    (told,) = page.xpath("//section[@id='resultats']//*[@role='alert']")
    assert "seuils croissants" in told.text_content()


def test_reforms_stand_side_by_side(analyst: Client) -> None:
    page = page_of(analyst, "nom=Une&pae_rate=2000&avec=Autre~pae_rate:2500")
    rows = page.xpath("//caption[contains(., 'côte à côte')]/..//tbody/tr/th")
    assert [row.text_content() for row in rows] == ["Une", "Autre"]


def test_a_reform_is_taken_away_as_the_command_reads_it(analyst: Client) -> None:
    response = analyst.get("/fr/essais/?air_cap.fes-shore=1200&pae_open_ended_contract_required=0&format=yaml")
    assert yaml.safe_load(response.content) == {
        "name": "réforme",
        "figures": {"air_cap": {"fes-shore": 1200}, "pae_open_ended_contract_required": False},
    }


def test_without_a_run_the_page_says_so(analyst: Client, settings: Settings, tmp_path: Path) -> None:
    settings.MINASSA_HOME = tmp_path
    assert "aucun calcul" in page_of(analyst, "pae_rate=2000").get_element_by_id("resultats").text_content()


def test_a_newer_run_takes_the_place_of_the_one_before(workspace: Path, tmp_path: Path) -> None:
    warm = WarmRun()
    assert warm.trial(tmp_path, 60) is None
    first = warm.trial(workspace, 60)
    assert first is not None
    assert warm.trial(workspace, 60) is first


@given(CHANGES, st.text(max_size=70))
def test_an_address_asks_again_what_was_asked(changes: dict[str, int], name: str) -> None:
    first = asked(QueryDict("", mutable=True), OFFER)
    assert (first.changes, first.beside) == ({}, [])
    errors: list[str] = []
    assert unpacked(OFFER, packed(name, changes), errors)[1] == changes
    wanted = asked(QueryDict(type(first)(" ".join(name.split())[:60], changes, []).address()), OFFER)
    assert dict(wanted.changes) == changes
    assert asked(QueryDict(wanted.address()), OFFER) == wanted
    kept = wanted
    for _again in range(MOST_BESIDE + 2):
        kept = asked(QueryDict(type(kept)("x", {"pae_rate": 2000}, kept.beside).kept_beside()), OFFER)
    assert len(kept.beside) == MOST_BESIDE
    assert errors == []
