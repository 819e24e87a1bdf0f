"""The real delays as a page and as files: what the one-stop shop measured, in the same order."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from minassa.onestop.public import BodyDelays
from minassa.onestop.real_delays import Month
from minassa.steering.indicators.live import DELAYS
from minassa.steering.told_delays import discreet
from minassa.web.public.delays import HEIGHT, MARGIN, WIDTH, line_of

DAY = 86_400
SEEN = [
    BodyDelays("membership", "", 4, 20 * DAY, 31 * DAY, 2, 1, datetime(2026, 9, 1, tzinfo=UTC), ()),
    BodyDelays(
        "membership",
        "cnss",
        7,
        3 * DAY,
        5 * DAY,
        0,
        0,
        None,
        (Month(date(2026, 9, 1), 3, 2 * DAY), Month(date(2026, 10, 1), 4, 3 * DAY)),
    ),
    BodyDelays("membership", "dgi", 0, None, None, 1, 0, datetime(2026, 10, 1, tzinfo=UTC), ()),
]

pytestmark = pytest.mark.django_db


def tree(content: bytes) -> Any:  # noqa: ANN401 - lxml's elements
    """The page as a tree."""
    return html.fromstring(content)


@pytest.fixture
def measured() -> Iterator[None]:
    """What was measured some minutes ago, as the page keeps it."""
    cache.set(DELAYS, SEEN, 60)
    yield
    cache.delete(DELAYS)


def test_without_any_case_the_page_says_so(client: Client) -> None:
    """The door of the one-stop shop is asked, and has nothing to tell."""
    cache.delete(DELAYS)
    page = tree(client.get("/fr/delais/").content)
    assert "Aucun dossier n'a encore été déposé" in page.text_content()
    assert page.xpath("//table") == []


@pytest.mark.usefixtures("measured")
def test_each_body_has_its_line_and_its_trend(client: Client) -> None:
    """Median and ninth decile in words; a small line only where two months are known; what rises is said."""
    page = tree(client.get("/fr/delais/").content)
    rows = page.xpath("//tbody/tr")
    assert [row.xpath("./td")[0].text_content() for row in rows] == ["Le dossier entier", "CNSS", "DGI"]
    assert rows[1].xpath("./td")[1].text_content().replace("\N{NO-BREAK SPACE}", " ") == "3 jours"
    assert len(page.xpath("//*[@class='spark']")) == 1
    assert "en hausse le dernier mois" in rows[1].text_content()


def test_times_of_too_few_cases_are_not_told() -> None:
    """Two cases would be those of two firms: their time and that of their month stay out, their number does not."""
    few = BodyDelays("membership", "anapec", 2, DAY, DAY, 0, 0, None, (Month(date(2026, 9, 1), 2, DAY),))
    told = discreet(few)
    assert (told.finished, told.median, told.ninth_decile, told.trend) == (2, None, None, ())
    assert [discreet(one) for one in SEEN] == SEEN


@pytest.mark.usefixtures("measured")
def test_files_hold_the_lines_in_the_order_of_the_page(client: Client) -> None:
    """Sorted by median, the longest first; seconds, and the mark of what is invented."""
    content = client.get("/fr/delais/?sort=-median&format=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert [row["organisme"] for row in rows] == ["dossier", "cnss", "dgi"]
    assert [row["mediane_secondes"] for row in rows] == [str(20 * DAY), str(3 * DAY), ""]
    assert all("synthétiques" in row["note"] for row in rows)
    assert client.get("/fr/delais/?demarche=autre&format=json").json()["rows"] == []


@pytest.mark.usefixtures("measured")
def test_the_home_shows_whole_cases(client: Client) -> None:
    """One line for each procedure, not for each body."""
    page = tree(client.get("/fr/").content)
    rows = page.xpath("//*[@aria-labelledby='titre-delais']//tbody/tr")
    assert len(rows) == 1
    assert "20 jours" in rows[0].text_content().replace("\N{NO-BREAK SPACE}", " ")


@given(st.lists(st.integers(0, 10**8), max_size=40))
def test_a_small_line_stays_in_its_frame(values: list[int]) -> None:
    """From edge to edge, never outside; the highest value at the top."""
    points = [(int(x), int(y)) for x, y in line_of(values)]
    assert len(points) == (len(values) if len(values) > 1 else 0)
    assert all(MARGIN <= x <= WIDTH - MARGIN and MARGIN <= y <= HEIGHT - MARGIN for x, y in points)
    if points and any(values):
        assert min(y for _, y in points) == MARGIN
