"""The cockpit: its numbers are those of the run and of the accounts, its parts add up, its filters are its address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from lxml import html
from pytest_django import Settings

from minassa.entitlements.runs import runs_in
from minassa.registry.models import Role
from minassa.steering.indicators.gap import gap_of, level_jobs
from minassa.steering.indicators.kept import latest_cube
from minassa.steering.indicators.reading import Filters
from minassa.steering.public import latest_figures
from minassa.vocabulary.periods import parse_month

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(as_role: Callable[[str, str], Client]) -> Client:
    return as_role(Role.STEERING_MEMBER, "copil")


def page_of(client: Client, address: str) -> Any:  # noqa: ANN401 - lxml's elements
    response = client.get(address)
    assert response.status_code == 200, address
    return html.fromstring(response.content.decode())


def number(text: str) -> int:
    return int("".join(letter for letter in text.replace("\N{MINUS SIGN}", "-") if letter.isdigit() or letter == "-"))


def test_numbers_are_those_of_the_run(member: Client, published: Path) -> None:
    page = page_of(member, "/fr/pilotage/")
    figures = latest_figures(published)
    assert figures is not None
    net, due, _delay, _sure = page.xpath("//li[@class='figure-card']/p[@class='value']")
    assert number(net.text_content()) == figures["months"][-1]["net_jobs"]
    totals = runs_in(published / "runs")[-1].manifest["totals"]
    assert number(due.xpath(".//bdi")[0].text_content()) == sum(one["amount_cents"] for one in totals.values())


def test_the_path_of_a_month_is_the_one_published(published: Path) -> None:
    figures = latest_figures(published)
    assert figures is not None
    for row in figures["months"]:
        assert level_jobs(parse_month(row["month"]), figures["scale"]) == row["level_jobs"]
    assert level_jobs(parse_month("2035-01"), figures["scale"]) is None


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_every_table_adds_up_to_the_change(member: Client, language: str) -> None:
    page = page_of(member, f"/{language}/pilotage/?de=2025-06&a=2027-06")
    told = number(page.xpath("//section[@aria-labelledby='ecart']/p/strong")[0].text_content())
    tables = page.xpath("//table[contains(@class, 'changes')]")
    assert len(tables) == 4
    for table in tables:
        assert sum(number(cell.text_content()) for cell in table.xpath(".//td[@class='num']")) == told


@pytest.mark.parametrize("cut", [Filters(filiere=2), Filters(region=6), Filters(place=101), Filters(size=2)])
def test_a_part_adds_up_too(published: Path, cut: Filters) -> None:
    found = latest_cube(published)
    assert found is not None
    gap = gap_of(runs_in(published / "runs")[-1], found[1], cut, None)
    assert gap is not None
    assert gap.change == sum(row["change"] for row in gap.parts["region"])
    assert gap.needed == ()


def test_filters_narrow_and_htmx_takes_the_figures(member: Client) -> None:
    response = member.get("/fr/pilotage/?filiere=5", headers={"HX-Request": "true"})
    assert b"<html" not in response.content
    assert "que pour le pays entier" in response.content.decode()
    for query in ("de=2030-01", "de=2027-06&a=2025-01", "a=1900-01", "filiere=x&taille=9", "de=0000-00"):
        assert member.get(f"/fr/pilotage/?{query}").status_code == 200


def test_it_says_so_before_the_first_run(member: Client, settings: Settings, tmp_path: Path) -> None:
    settings.MINASSA_HOME = tmp_path / "empty"
    assert "après le premier" in page_of(member, "/fr/pilotage/").text_content()
    assert "après le premier" in page_of(member, "/fr/indicateurs/").text_content()
    assert "après le premier" in page_of(member, "/fr/indicateurs/net_jobs/").text_content()


def test_an_analyst_is_not_of_a_committee(as_role: Callable[[str, str], Client]) -> None:
    assert as_role(Role.ANALYST, "minassa").get("/fr/pilotage/").status_code == 403
