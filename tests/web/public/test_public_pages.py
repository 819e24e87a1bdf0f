"""Pages for everyone: what they say with and without a run, in three languages, and what they leave behind."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from lxml import html
from playwright.sync_api import Page

from minassa.offer.loading import load_offer
from minassa.onestop.procedure_models import ProcedureVersion
from minassa.onestop.public import publish_procedures
from minassa.steering.public import latest_figures
from minassa.vocabulary.regions import regions
from minassa.vocabulary.statuses import Status
from minassa.web.testing import WIDTHS, axe, in_both_directions, overflow

pytestmark = pytest.mark.django_db
PAGES = ("/fr/", "/fr/methode/", "/fr/demarches/", "/fr/estimer/")


def tree(content: bytes) -> Any:  # noqa: ANN401 - lxml's elements
    """The page as a tree."""
    return html.fromstring(content)


@pytest.fixture
def procedures() -> None:
    """The procedures that the package ships, published."""
    publish_procedures(timezone.now())


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.usefixtures("published")
def test_a_reader_gets_no_cookie_and_a_page_that_caches_may_keep(client: Client, address: str) -> None:
    """Nothing is posted from these pages: no cookie, some minutes of cache, and 304 when nothing changed."""
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_without_a_run_the_home_says_so(client: Client, unpublished: Path) -> None:
    """The waiting is told, the offer all the same."""
    assert latest_figures(unpublished) is None
    page = tree(client.get("/fr/").content)
    assert "la nation de démonstration se calcule" in page.text_content()
    assert page.xpath("//svg[contains(@class, 'road')]") == []
    assert len(page.xpath("//article[contains(@class, 'offer-card')]")) == 4
    assert client.get("/fr/donnees/regions.csv").status_code == 404


def test_with_a_run_the_home_tells_its_jobs_and_marks_what_is_invented(client: Client, published: Path) -> None:
    """The jobs of the last month stand in the sentence; every drawing of invented figures bears « synthétique »."""
    figures = latest_figures(published)
    assert figures is not None
    page = tree(client.get("/fr/").content)
    jobs = page.xpath("//p[@class='page-lead']//bdi")[0].text_content()
    assert jobs == str(figures["months"][-1]["headcount"])
    for name in ("titre-route", "titre-carte"):
        assert "synthétique" in page.xpath(f"//*[@id='{name}']")[0].text_content()
    assert len(page.xpath("//path[contains(@class, 'area')]")) == len(regions())
    assert not page.xpath("//*[@style]")


def test_what_is_projected_is_drawn_told_in_a_table_and_given_away(client: Client, published: Path) -> None:
    """The dotted line starts where the full one ends; each December has its row; the file holds every month."""
    figures = latest_figures(published)
    assert figures is not None
    page = tree(client.get("/fr/").content)
    for road in page.xpath("//svg[contains(@class, 'road')]"):
        seen, ahead = (road.xpath(f".//polyline[@class='{name}-line']/@points")[0] for name in ("seen", "ahead"))
        assert seen.split()[-1] == ahead.split()[0]
        assert len(ahead.split()) == 1 + len(figures["projection"])
        assert road.xpath(".//polygon") == []
    assert "histoire trop courte" in page.xpath("//caption[contains(., 'projetés')]/..")[0].text_content()
    decembers = [row for row in figures["projection"] if row["month"].endswith("-12")]
    assert len(page.xpath("//caption[contains(., 'projetés')]/..//tbody/tr")) == len(decembers) > 0
    assert json.loads(client.get("/fr/donnees/projection.json").content)["rows"] == figures["projection"]


def test_open_data_is_what_is_published(client: Client, published: Path) -> None:
    """The same rows in CSV and in JSON, marked; other names and kinds are unknown."""
    figures = latest_figures(published)
    assert figures is not None
    response = client.get("/fr/donnees/emplois.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert [int(row["headcount"]) for row in rows] == [month["headcount"] for month in figures["months"]]
    assert {row["note"] for row in rows} == {"données synthétiques : personnes, entreprises et montants inventés"}
    assert "synthetique" in response["Content-Disposition"]
    assert json.loads(client.get("/fr/donnees/emplois.json").content)["rows"] == figures["months"]
    assert client.get("/fr/donnees/emplois.xlsx").content.startswith(b"PK")
    assert client.get("/fr/donnees/autre.csv").status_code == 404
    assert client.get("/fr/donnees/emplois.pdf").status_code == 404


def test_every_figure_of_the_offer_is_listed_with_its_source(client: Client) -> None:
    """As many lines as figures; a filter keeps those of a status; an order follows the statuses."""
    page = tree(client.get("/fr/methode/").content)
    assert {row.get("id") for row in page.xpath("//tbody/tr")} == set(load_offer().figures)
    assumed = tree(client.get("/fr/methode/?statut=assumed").content).xpath("//tbody/tr")
    assert 0 < len(assumed) < len(load_offer().figures)
    listed = list(
        csv.DictReader(
            io.StringIO(client.get("/fr/methode/?sort=-status&format=csv").content.decode("utf-8-sig")), delimiter=";"
        )
    )
    order = [list(Status).index(Status(row["statut"])) for row in listed]
    assert order == sorted(order, reverse=True)
    assert "Aucun chiffre" in client.get("/fr/methode/?q=zzzz").content.decode()


@pytest.mark.usefixtures("procedures")
def test_a_sheet_tells_its_steps_and_older_versions_stay_readable(client: Client) -> None:
    """The version in force by default, another by its number, none that does not exist."""
    first = ProcedureVersion.objects.order_by("code", "version").first()
    assert first is not None
    old = first.content["labels"]["fr"]
    newer = {**first.content, "version": 99, "labels": {**first.content["labels"], "fr": "Nouvelle version"}}
    ProcedureVersion.objects.create(
        code=first.code,
        version=99,
        in_force_from=date(2026, 1, 1),
        content={**newer, "in_force_from": "2026-01-01"},
        digest="0" * 64,
        published_at=timezone.now(),
    )
    address = f"/fr/demarches/{first.code}/"
    assert tree(client.get(address).content).xpath("//h1")[0].text_content() == "Nouvelle version"
    before = tree(client.get(f"{address}?version={first.version}").content)
    assert before.xpath("//h1")[0].text_content() == old
    assert "Cette version n'est plus en vigueur" in before.text_content()
    assert len(before.xpath("//ol[@class='sheet-steps']/li")) == len(first.content["steps"])
    assert client.get(f"{address}?version=98").status_code == 404
    assert client.get("/fr/demarches/unknown/").status_code == 404


def test_addresses_have_their_names() -> None:
    """Other pages link here by these names."""
    with translation.override("fr"):
        names = ("public-home", "public-procedures", "public-method", "estimate")
        assert [reverse(name) for name in names] == ["/fr/", "/fr/demarches/", "/fr/methode/", "/fr/estimer/"]


@pytest.mark.parametrize("size", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("published")
def test_pages_are_accessible_in_both_directions(browser_page: Page, size: tuple[int, int]) -> None:
    """No violation of WCAG 2.2 AA, nothing wider than the window."""
    publish_procedures(timezone.now())
    browser_page.set_viewport_size({"width": size[0], "height": size[1]})
    sheet = f"/fr/demarches/{ProcedureVersion.objects.values_list('code', flat=True)[0]}/"
    for french in (*PAGES[:3], sheet):
        for address in in_both_directions(french):
            browser_page.goto(address)
            assert (address, axe(browser_page), overflow(browser_page)) == (address, [], 0)
