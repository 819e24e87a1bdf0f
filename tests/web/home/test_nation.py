"""What committees and analysts read first of the whole nation: the published figures, never others."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page
from pytest_django import Settings

from minassa.registry.models import Account, Role
from minassa.registry.public import actor_of
from minassa.steering.public import latest_figures
from minassa.web.home.nation import nation
from minassa.web.templatetags.minassa import count, money
from minassa.web.testing import axe, in_both_directions, overflow, sign_in
from tests.onestop.world import NOW, make_world
from tests.web.cases.people import client_of
from tests.web.home.test_home import holder


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:
    settings.MINASSA_FILES = tmp_path / "files"


@pytest.fixture
def steering(request: pytest.FixtureRequest) -> Account:
    request.getfixturevalue("db")
    make_world()
    return holder(Role.STEERING_MEMBER, "copil")


@pytest.mark.parametrize("role", [Role.STEERING_MEMBER, Role.FEDERATION, Role.ANALYST])
def test_they_read_the_published_numbers(steering: Account, published: Path, role: Role) -> None:
    who = steering if role == Role.STEERING_MEMBER else holder(role, "minassa")
    figures = latest_figures(published)
    assert figures is not None
    due = sum(one["due_cents"] for one in figures["measures"])
    page = client_of(who.email.partition("@")[0]).get("/fr/accueil/").content.decode()
    assert count(figures["months"][-1]["net_jobs"]) in page
    assert money(due) in page
    assert "synthétique" in page.partition("<main")[2]


def test_the_share_is_that_of_the_weakest_status_that_carries_money(steering: Account, published: Path) -> None:
    figures, shown = latest_figures(published), nation(actor_of(steering, NOW.date()), NOW)
    assert figures is not None
    by_status = {one["status"]: one["due_cents"] for one in figures["statuses"]}
    assert by_status[shown["weakest"]] > 0
    assert shown["weakest_share"] == round(10_000 * by_status[shown["weakest"]] / shown["due"])


@pytest.mark.usefixtures("published")
def test_no_delay_is_told_before_one_is_seen(steering: Account) -> None:
    assert nation(actor_of(steering, NOW.date()), NOW)["delay"] is None


def test_nothing_is_told_before_the_first_run(steering: Account, settings: Settings, tmp_path: Path) -> None:
    settings.MINASSA_HOME = tmp_path
    page = client_of(steering.email.partition("@")[0]).get("/fr/accueil/").content.decode()
    assert "encore été publié" in page
    assert "figure-card" not in page


@pytest.mark.browser
@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("address", in_both_directions("/fr/accueil/"))
def test_the_numbers_are_accessible_and_fit_a_phone(browser_page: Page, steering: Account, address: str) -> None:
    sign_in(browser_page, steering.email)
    browser_page.goto(address)
    assert browser_page.locator(".figure-card").count() == 4
    assert axe(browser_page) == []
    browser_page.set_viewport_size({"width": 360, "height": 740})
    assert overflow(browser_page) == 0
