"""The estimate: the same amounts as `simulate`, an address to share, a grid that needs no script."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from playwright.sync_api import Page, expect

from minassa.entitlements.simulation import simulate
from minassa.offer.loading import load_offer
from minassa.web.estimate.drawing import HEIGHT, bars, highest_of
from minassa.web.estimate.plans import case_of, read_plan
from minassa.web.estimate.results import MEASURES, figures_behind, results_of
from minassa.web.estimate.wording import CONDITIONS
from minassa.web.testing import WIDTHS, axe, in_both_directions, overflow

SHARED = "p=casanearshore&p=fes-shore&f=ITO&d=2020-01&ca=20000000&x=80&b=3000000&is=20"
GRID = "h=2.7.31000.2026-03.1.1&h=1.5.9000.2027-01.1.0&h=3.5.8000.2030-02.1.1"
ADDRESS = f"{SHARED}&{GRID}"


def tree(content: bytes) -> Any:  # noqa: ANN401 - lxml's elements
    """The page as a tree."""
    return html.fromstring(content)


def expanded(people: dict[str, int], case: dict[str, Any], place: str) -> dict[str, Any]:
    """The case at a place with every person of every line, instead of one for each line."""
    everyone = {f"{line}-{n}": case["employees"][line] for line, count in people.items() for n in range(count)}
    return {**case, "firm": {**case["firm"], "place": place}, "employees": everyone}


def test_the_page_gives_what_simulate_gives_for_everybody() -> None:
    """Each measure at each place, over all years: the sum of every amount of every person, to the centime."""
    plan = read_plan(QueryDict(ADDRESS))
    people = {str(number): row.people for number, row in enumerate(plan.rows, 1)}
    for at in results_of(plan):
        told = simulate(expanded(people, case_of(plan), at.place.slug))
        for one in at.measures:
            blocks = [*told["employees"].values(), told["firm"]]
            periods = [line for block in blocks for line in block.get(one.measure, {}).get("periods", ())]
            assert one.total == sum(line["amount_cents"] for line in periods)
    assert all(one.total > 0 for one in results_of(plan)[1].measures)


def test_jobs_and_the_firm_add_up_to_the_whole() -> None:
    """What the lines get and what the firm gets is what the place gives."""
    for at in results_of(read_plan(QueryDict(ADDRESS))):
        firm = next(one.total for one in at.measures if one.measure == "ais")
        assert sum(job.all for job in at.jobs) + firm == at.total == sum(at.by_year)


def test_bars_are_as_high_as_their_amounts() -> None:
    """The highest year of all places takes the full height; in Arabic the first year stands at the right."""
    found = results_of(read_plan(QueryDict(ADDRESS)))
    highest = highest_of(found)
    drawn = [bar for at in found for bar in bars(at, highest, right_to_left=False)]
    tallest = max(drawn, key=lambda bar: bar.cents)
    assert sum(piece.height for piece in tallest.pieces) == HEIGHT - 22 - 26
    mirrored = bars(found[0], highest, right_to_left=True)
    assert [bar.year for bar in mirrored] == list(range(2030, 2024, -1))
    assert mirrored[0].middle < mirrored[-1].middle


def test_what_a_foreigner_misses_is_told() -> None:
    """The premium of the line that is not Moroccan is withheld by that condition, and by no other."""
    at = results_of(read_plan(QueryDict(ADDRESS)))[0]
    missed = {one.name: one for one in at.conditions if one.state == "missed" and one.cost}
    assert set(missed) == {"pae_moroccan", "paf_moroccan"}
    assert at.costliest is not None
    assert at.costliest.name == "paf_moroccan" if missed["paf_moroccan"].cost > missed["pae_moroccan"].cost else True
    waiting = {one.name for one in at.conditions if one.state == "waiting"}
    assert "pae_stay_reached" in waiting


def test_every_condition_has_its_words() -> None:
    """No condition of the offer is shown by its code."""
    named = {r.name for r in load_offer().rules if r.kind == "condition" and r.measure in {*MEASURES, "eligibility"}}
    assert named <= set(CONDITIONS)


def test_the_least_sure_figures_come_first() -> None:
    """Each measure tells figures; those it rests on through the firm's eligibility too."""
    for measure in MEASURES:
        assert figures_behind(measure)
    assert "export_share_min" in {one.name for one in figures_behind("air")} or any(
        "export" in one.name for one in figures_behind("air")
    )


ROW = st.tuples(
    st.integers(1, 9999), st.integers(1, 8), st.integers(1, 999_999), st.integers(2025, 2030), st.integers(1, 12)
)


@given(st.lists(ROW, min_size=1, max_size=20), st.sampled_from(["ITO", "CRM", "KPO"]))
def test_an_address_is_read_as_it_was_written(rows: list[tuple[int, ...]], filiere: str) -> None:
    """Whatever the grid, its short address gives the same plan back."""
    grid = "".join(f"&h={n}.{q}.{s}.{y}-{m:02d}.1.1" for n, q, s, y, m in rows)
    plan = read_plan(QueryDict(f"p=fes-shore&f={filiere}{grid}"))
    assert plan.valid
    assert read_plan(QueryDict(plan.address())) == plan


@given(st.text(max_size=40))
def test_no_text_breaks_the_page(text: str) -> None:
    """A line that is none is told, never raised."""
    asked = QueryDict(mutable=True)
    asked.setlist("h", [text])
    asked.setlist("p", ["fes-shore", text])
    plan = read_plan(asked)
    assert plan.valid or plan.rows[0].errors


@pytest.mark.django_db
def test_the_form_leads_to_the_short_address(client: Client) -> None:
    """Without script: the fields of the page become an address to share; lines are added and removed by buttons."""
    fields = {"p": ["fes-shore", ""], "f": "ITO", "d": "2026-01", "ca": "1", "x": "90", "b": "0", "is": "20"}
    line = {
        "n": ["4", "2"],
        "q": ["5", "6"],
        "s": ["9000", "12000"],
        "m": ["2026-03"] * 2,
        "k": ["1"] * 2,
        "t": ["1"] * 2,
    }
    sent = client.get("/fr/estimer/", {**fields, **line})
    asked = parse_qs(urlsplit(sent["Location"]).query)
    assert (sent.status_code, asked["h"]) == (302, ["4.5.9000.2026-03.1.1", "2.6.12000.2026-03.1.1"])
    more = client.get("/fr/estimer/", {**fields, **line, "add": "1"})
    assert len(parse_qs(urlsplit(more["Location"]).query)["h"]) == 3
    fewer = client.get("/fr/estimer/", {**fields, **line, "remove": "0"})
    assert parse_qs(urlsplit(fewer["Location"]).query)["h"] == ["2.6.12000.2026-03.1.1"]


@pytest.mark.django_db
def test_what_is_wrong_is_told_beside_and_kept_as_typed(client: Client) -> None:
    """Nothing is reckoned; the salary that was typed is still there."""
    page = tree(client.get("/fr/estimer/?p=fes-shore&h=3.5.beaucoup.2026-03.1.1&x=120").content)
    assert page.xpath("//input[@name='s']/@value") == ["beaucoup"]
    alert = page.xpath("//*[@role='alert']")[0].text_content()
    assert "salaire brut mensuel" in alert
    assert "de 0 à 100" in alert
    assert page.xpath("//svg[@class='bars']") == []
    assert client.get("/fr/estimer/?p=fes-shore&h=x&format=json").status_code == 400


@pytest.mark.django_db
def test_the_same_results_as_data_and_on_paper(client: Client) -> None:
    """JSON holds the centimes of the page; the PDF is one."""
    data = json.loads(client.get(f"/fr/estimer/?{ADDRESS}&format=json").content)
    found = results_of(read_plan(QueryDict(ADDRESS)))
    assert [one["total_cents"] for one in data["places"]] == [at.total for at in found]
    assert client.get(f"/ar/estimer/?{ADDRESS}&format=pdf").content.startswith(b"%PDF")


@pytest.mark.django_db
def test_a_part_of_the_page_is_never_taken_for_the_page(client: Client) -> None:
    """What htmx asks is the results alone, the address follows, and caches keep the two apart."""
    part = client.get(f"/fr/estimer/?{ADDRESS}", headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    assert part["HX-Replace-Url"] == f"/fr/estimer/?{read_plan(QueryDict(ADDRESS)).address()}"
    assert "HX-Request" in part["Vary"]
    assert "HX-Request" in client.get("/fr/estimer/")["Vary"]


@pytest.mark.parametrize("size", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_is_accessible_in_both_directions(browser_page: Page, size: tuple[int, int]) -> None:
    """No violation, nothing sticks out, results and errors included."""
    browser_page.set_viewport_size({"width": size[0], "height": size[1]})
    for french in (f"/fr/estimer/?{ADDRESS}", "/fr/estimer/?p=fes-shore&h=3.5.x.2026-03.1.1&x=120"):
        for address in in_both_directions(french):
            browser_page.goto(address)
            assert (address, axe(browser_page), overflow(browser_page)) == (address, [], 0)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_typing_updates_the_results_and_the_address(browser_page: Page) -> None:
    """A salary typed with the keyboard changes the amounts without leaving the page, and the field keeps the focus."""
    browser_page.goto("/fr/estimer/?p=fes-shore&h=3.5.12000.2026-03.1.1")
    before = browser_page.locator(".figure").first.inner_text()
    salary = browser_page.locator("input[name=s]").first
    salary.focus()
    browser_page.keyboard.press("End")
    browser_page.keyboard.type("0")
    expect(browser_page.locator(".figure").first).not_to_have_text(before)
    browser_page.wait_for_url("**h=3.5.120000.2026-03.1.1*")
    expect(salary).to_be_focused()
