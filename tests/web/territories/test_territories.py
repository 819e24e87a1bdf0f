"""Pages of regions, P2I and firms: published figures outside, indicators and firms inside, by right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html
from pytest_django import Settings

from minassa.onestop.public import real_delays
from minassa.registry.models import Enterprise, Role
from minassa.steering.indicators.catalogue import Catalogue
from minassa.steering.indicators.cube import cube_of
from minassa.steering.indicators.descent import firms_behind
from minassa.steering.indicators.kept import latest_cube
from minassa.steering.indicators.live import WINDOW
from minassa.steering.indicators.one_firm import FirmRun, firm_amounts, firm_reading
from minassa.steering.indicators.reading import Filters, Reading
from minassa.steering.public import latest_figures
from minassa.web.axes import Margins, axes
from tests.web.indicators.conftest import as_role, published, workspace

__all__ = ["as_role", "published", "workspace"]
pytestmark = pytest.mark.django_db
REGION = "/fr/regions/6/"


def page_of(client: Client, address: str) -> Any:  # noqa: ANN401 - lxml's elements
    response = client.get(address)
    assert response.status_code == 200, address
    return html.fromstring(response.content.decode())


def test_published_numbers_of_a_territory_are_those_of_the_tables_or_hidden_there(published: Path) -> None:
    figures = latest_figures(published)
    assert figures is not None
    for row in figures["regions"]:
        told = figures["territories"][f"r{row['region']}"]
        assert told["months"][-1] == [figures["until"], row["jobs"]]
        due = [one["due_cents"] for one in told["measures"]]
        if row["due_cents"] is not None and None not in due:
            assert sum(due) == row["due_cents"]
    assert all(not one["filieres"] for row, one in figures["territories"].items() if row.startswith("p"))
    shares = [one["base_share"] for row, one in figures["territories"].items() if row.startswith("r")]
    assert sum(share or 0 for share in shares) <= 1_000_000


@pytest.mark.parametrize("address", [REGION, "/ar/p2i/casanearshore/", "/en/regions/12/"])
def test_everyone_reads_published_figures_alone(published: Path, client: Client, address: str) -> None:
    assert published.is_dir()
    page = page_of(client, address)
    assert not page.xpath("//a[contains(@href, '/chiffres/') or contains(@href, '/indicateurs/')]")
    assert page.xpath("//ul[@class='cards']")


def test_who_may_read_indicators_sees_what_stands_behind(
    as_role: Callable[[str, str], Client], published: Path
) -> None:
    page = page_of(as_role(Role.ANALYST, "minassa"), REGION)
    latest = latest_cube(published)
    assert latest is not None
    run, _cube = latest
    firms = firms_behind(run, Catalogue.all()["declared_jobs"], Filters(region=6), run.until)
    assert len(page.xpath("//section[@aria-labelledby='entreprises']//tbody/tr")) == min(20, firms.height)
    assert page.xpath("//a[contains(@href, '/indicateurs/net_jobs/?region=6')]")


def test_the_sums_of_one_firm_add_up_to_those_of_the_nation(published: Path) -> None:
    latest = latest_cube(published)
    assert latest is not None
    run, cube = latest
    firms = firms_behind(run, Catalogue.all()["declared_jobs"], Filters(), run.until)
    whole = Reading(cube, Filters()).points(Catalogue.all()["declared_jobs"])[-1].value
    parts = [
        Reading(cube_of(FirmRun(run.path, number)), Filters()).points(Catalogue.all()["declared_jobs"])[-1].value or 0
        for number in firms["affiliation"].to_list()
    ]
    assert sum(parts) == whole
    number = firms["affiliation"][0]
    due = firm_reading(run, number).points(Catalogue.all()["due"])
    assert sum(one.due_cents for one in firm_amounts(run, number)) == (due[-1].value if due else 0)


def test_the_page_of_a_firm_tells_its_own_figures(as_role: Callable[[str, str], Client], published: Path) -> None:
    latest = latest_cube(published)
    assert latest is not None
    client = as_role(Role.ANALYST, "minassa")
    firm = Enterprise.objects.first()
    assert firm is not None
    assert "ne connaît aucune" in page_of(client, f"/fr/entreprises/{firm.uuid}/chiffres/").text_content()
    known = firms_behind(latest[0], Catalogue.all()["declared_jobs"], Filters(), latest[0].until)["affiliation"][0]
    Enterprise.objects.filter(pk=firm.pk).update(affiliation=known)
    page = page_of(client, f"/fr/entreprises/{firm.uuid}/chiffres/")
    assert page.xpath("//section[@aria-labelledby='emplois']//polyline")
    assert page.xpath("//section[@aria-labelledby='indicateurs']//tbody/tr")


@pytest.mark.parametrize(
    "address", ["/fr/regions/13/", "/fr/regions/0/", "/fr/p2i/inconnu/", "/fr/p2i/hors-p2i-oriental/"]
)
def test_nothing_stands_under_another_name(published: Path, client: Client, address: str) -> None:
    assert published.is_dir()
    assert client.get(address).status_code == 404


def test_it_says_so_before_the_first_run(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.MINASSA_HOME = tmp_path
    assert "après le premier calcul" in page_of(client, REGION).text_content()


def test_delays_of_no_place_are_none() -> None:
    now = timezone.now()
    assert real_delays(now - WINDOW, now, []) == []


@pytest.mark.parametrize("turned", [False, True])
def test_axes_hold_what_they_are_given(turned: bool) -> None:
    frame = axes((760, 300), Margins(78, 24, 28, 34, 10), [24_000, 24_060], [-350, 1_900], right_to_left=turned)
    assert frame.floor <= -350
    assert frame.floor + frame.step * frame.steps >= 1_900
    assert (frame.x(24_000) > frame.x(24_060)) is turned
    assert frame.y(1_900) >= 28
    assert frame.y(-350) <= 300 - 34
    assert [mark.told for mark in frame.years()] == ["2000", "2001", "2002", "2003", "2004", "2005"]
