"""The catalogue of indicators and their pages: filtered in the address, taken away, never broken by what is asked."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.test import Client
from lxml import html

from minassa.entitlements.runs import runs_in
from minassa.registry.models import Role
from minassa.steering.indicators.catalogue import Catalogue
from minassa.steering.public import latest_figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(as_role: Callable[[str, str], Client]) -> Client:
    return as_role(Role.ANALYST, "minassa")


def page_of(client: Client, address: str, **headers: str) -> Any:  # noqa: ANN401 - lxml's elements
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_every_indicator_has_its_page(analyst: Client, language: str) -> None:
    listed = page_of(analyst, f"/{language}/indicateurs/")
    codes = {link.get("href").rstrip("/").rpartition("/")[2] for link in listed.xpath("//table//th/a")}
    assert codes == set(Catalogue.all())
    for code in codes:
        shown = page_of(analyst, f"/{language}/indicateurs/{code}/")
        assert shown.xpath("//h1")[0].text_content().strip()
        assert shown.xpath("//dl[@class='facts']//*[contains(@class, 'mark')]")


def test_net_jobs_are_those_published(analyst: Client, published: Path) -> None:
    figures = latest_figures(published)
    assert figures is not None
    response = analyst.get("/fr/indicateurs/net_jobs/?format=parquet")
    rows = pl.read_parquet(io.BytesIO(response.content))
    assert rows["Emplois nets depuis juin 2025"].to_list() == [row["net_jobs"] for row in figures["months"]]
    assert rows["Période"].to_list() == [row["month"] for row in figures["months"]]


def test_what_is_due_is_what_the_run_counted(analyst: Client, published: Path) -> None:
    for measure, told in runs_in(published / "runs")[-1].manifest["totals"].items():
        response = analyst.get(f"/fr/indicateurs/due_{measure}/?format=parquet")
        assert pl.read_parquet(io.BytesIO(response.content)).to_series(1)[-1] == told["amount_cents"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_files_are_taken_away(analyst: Client, kind: str) -> None:
    for address in ("/fr/indicateurs/", "/fr/indicateurs/due/"):
        response = analyst.get(f"{address}?format={kind}")
        assert response.status_code == 200
        assert f".{kind}" in response["Content-Disposition"]
        assert len(response.content) > 100


def test_parts_add_up_to_the_whole(analyst: Client) -> None:
    def last(query: str) -> int:
        response = analyst.get(f"/fr/indicateurs/declared_jobs/?format=parquet&{query}")
        rows = pl.read_parquet(io.BytesIO(response.content))
        return int(rows["Emplois déclarés"][-1]) if rows.height else 0

    whole = last("")
    assert whole > 0
    assert sum(last(f"filiere={one}") for one in range(6)) == whole
    assert sum(last(f"region={one}") for one in range(1, 13)) == whole


@pytest.mark.parametrize(
    "query",
    [
        "filiere=9",
        "filiere=x",
        "region=0",
        "p2i=999999999999",
        "taille=-1",
        "de=2026-13",
        "a=%00",
        "de=9999-12",
        "format=exe",
    ],
)
def test_nonsense_is_left_out(analyst: Client, query: str) -> None:
    assert analyst.get(f"/fr/indicateurs/?{query}").status_code == 200
    assert analyst.get(f"/fr/indicateurs/net_jobs/?{query}").status_code == 200


def test_htmx_gets_the_values_alone(analyst: Client) -> None:
    response = analyst.get("/fr/indicateurs/net_jobs/?filiere=2", headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert b"<html" not in response.content
    assert response["HX-Replace-Url"].endswith("?filiere=2")


def test_an_unknown_indicator_is_not_there(analyst: Client) -> None:
    assert analyst.get("/fr/indicateurs/nothing/").status_code == 404
