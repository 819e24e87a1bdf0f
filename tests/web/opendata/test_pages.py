"""Pages of open data: what is listed, taken away and told, with and without a run."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from lxml import html
from playwright.sync_api import Page

from minassa.steering.opendata.describing import catalogue
from minassa.web.opendata.held import held
from minassa.web.testing import WIDTHS, axe, in_both_directions, overflow

pytestmark = pytest.mark.django_db


def test_every_data_set_is_listed_with_the_files_of_its_last_version(client: Client, published: Path) -> None:
    """Each file of the page is there, with the digest that the manifest tells; what is made up is said so."""
    page: Any = html.fromstring(client.get("/fr/donnees/").content)
    assert {one.get("id") for one in page.xpath("//section[@id]")} == set(catalogue().datasets)
    links = page.xpath("//ul[@class='open-data']//a/@href")
    digests = {one["file"]: one["sha256"] for version in held() for one in version.files}
    for link in links:
        content = client.get(link)
        assert hashlib.sha256(content.content).hexdigest() == digests[Path(link).name]
    assert {Path(link).name for link in links} == set(digests)
    assert "synthétique" in page.xpath("//*[@id='donnees-emplois']")[0].text_content()
    assert published.is_dir()


@pytest.mark.usefixtures("published")
def test_the_catalogue_leads_to_files_that_are_there(client: Client) -> None:
    """Each address of the catalogue answers."""
    told = json.loads(client.get("/fr/donnees/catalogue.jsonld").content)
    places = [each["@id"] for one in told["dcat:dataset"] for each in one["dcat:distribution"]]
    assert places
    assert all(client.get(place.removeprefix("http://testserver")).status_code == 200 for place in places)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "wrong", ["autre/emplois.csv", "registres-19990101/emplois.csv", "{}/manifest.json", "{}/..csv"]
)
def test_only_what_a_manifest_names_is_given(client: Client, wrong: str) -> None:
    """Neither the manifest itself nor a path out of the folder."""
    assert client.get(f"/fr/donnees/versions/{wrong.format(held()[0].name)}").status_code == 404


@pytest.mark.usefixtures("unpublished")
def test_without_a_run_the_page_says_so(client: Client) -> None:
    """Registers are there, what a run makes is waited for."""
    page = client.get("/fr/donnees/").content.decode()
    assert "Pas encore publié" in page
    assert client.get("/fr/donnees/transparence/").status_code == 200


@pytest.mark.parametrize("size", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("published")
def test_pages_are_accessible_in_both_directions(browser_page: Page, size: tuple[int, int]) -> None:
    """No violation of WCAG 2.2 AA, nothing wider than the window."""
    browser_page.set_viewport_size({"width": size[0], "height": size[1]})
    for french in ("/fr/donnees/", "/fr/donnees/transparence/"):
        for address in in_both_directions(french):
            browser_page.goto(address)
            assert (address, axe(browser_page), overflow(browser_page)) == (address, [], 0)
