"""From the national figure down to a line of a file: four clicks at most, people as pseudonyms, as far as allowed."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from minassa.steering.indicators.catalogue import Catalogue
from minassa.steering.indicators.descent import firms_behind, leads_to_firms
from minassa.steering.indicators.kept import latest_cube
from minassa.steering.indicators.reading import Filters, Reading
from tests.web.claims.conftest import scene
from tests.web.claims_world import Scene

__all__ = ["scene"]
pytestmark = pytest.mark.django_db
CLICKS = 4


def page_of(client: Client, address: str) -> Any:  # noqa: ANN401 - lxml's elements
    response = client.get(address)
    assert response.status_code == 200, address
    return html.fromstring(response.content.decode())


def link(page: Any, containing: str) -> str:  # noqa: ANN401 - lxml's elements
    """The first link of the content of a page whose address holds a text."""
    found = page.xpath(f"//main//a[contains(@href, '{containing}')]/@href")
    assert found, containing
    return str(found[0])


def way_down(client: Client) -> list[Any]:
    """The pages met from the catalogue, each by the first link that leads further down."""
    pages = [page_of(client, "/fr/indicateurs/")]
    for step in ("/indicateurs/net_jobs/", "/entreprises/", "?mois=", "/net_jobs/entreprises/"):
        pages.append(page_of(client, link(pages[-1], step)))
    return pages


def test_four_clicks_lead_to_the_line_and_its_article(scene: Scene) -> None:
    pages = way_down(scene.browser("cto"))
    assert len(pages) - 1 <= CLICKS
    text = pages[-1].text_content()
    told = dict(zip(pages[-1].xpath("//dt/text()"), pages[-1].xpath("//dd"), strict=True))
    assert "e-BDS" in told["Fichier"].text_content()
    assert int(told["Ligne"].text_content()) > 0
    assert not pages[-1].xpath("//code")
    assert "juin 2025" in pages[-1].xpath("//section[@aria-labelledby='compte']")[0].text_content()
    assert "ouvert qu'à l'entreprise et à la CNSS" in text


def test_cnss_reads_the_masked_line(scene: Scene) -> None:
    last = way_down(scene.browser("cnss"))[-1]
    [line] = last.xpath("//code[contains(@class, 'original')]")
    assert "•" in line.text_content()
    assert line.xpath(".//u")


@pytest.mark.parametrize("who", ["prepare", "sign", "stranger", "commune", "dgi"])
def test_nobody_else_goes_down(scene: Scene, who: str) -> None:
    for address in ("", "net_jobs/", "net_jobs/entreprises/", "net_jobs/entreprises/9900001/"):
        assert scene.browser(who).get(f"/fr/indicateurs/{address}").status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "women_share/entreprises/",
        "nothing/entreprises/",
        "net_jobs/entreprises/1/",
        "net_jobs/entreprises/99999999999999999999/",
        "net_jobs/entreprises/9900001/2026-13/1/1/",
        "net_jobs/entreprises/9900001/2026-03/1/99999999999999999999/",
    ],
)
def test_what_is_not_there_is_not_found(scene: Scene, address: str) -> None:
    assert scene.browser("cto").get(f"/fr/indicateurs/{address}").status_code == 404


def test_firms_add_up_to_the_value(scene: Scene) -> None:
    assert scene.firm.affiliation
    found = latest_cube(settings.MINASSA_HOME)
    assert found is not None
    run, cube = found
    for filters in (Filters(), Filters(filiere=2)):
        reading = Reading(cube, filters)
        for one in Catalogue.all().values():
            points = reading.points(one) if leads_to_firms(one) else []
            if points:
                firms = firms_behind(run, one, filters, points[-1].period)
                assert firms["value"].sum() == points[-1].value, one.code
