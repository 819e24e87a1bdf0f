"""The first page of each role: what it shows of a small world, and that no more is read when there is more in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page
from pytest_django import Settings

from minassa.onestop.models import CaseState, OutboxMessage
from minassa.registry.models import Account, Appointment, Body, Enterprise, Role
from minassa.registry.public import actor_of
from minassa.web.home.agency import queue
from minassa.web.home.firm import to_do
from minassa.web.home.platform import platform
from minassa.web.home.sections import sections_for
from minassa.web.testing import axe, in_both_directions, overflow, sign_in
from tests.onestop.world import DAY, NOW, World, make_world, submitted

HOURS = timedelta(hours=2)


@pytest.fixture
def world(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> World:
    request.getfixturevalue("db")
    settings.MINASSA_HOME = tmp_path
    settings.MINASSA_FILES = tmp_path / "files"
    return make_world()


def holder(role: str, body: str) -> Account:
    account = Account.objects.create(email=f"essai-{role}@minassa.example", password="!")
    Appointment.objects.create(account=account, body=Body.objects.get(code=body), role=role, since=NOW.date())
    return account


def names(account: Account, at: datetime = NOW) -> list[str]:
    return [Path(section.template).stem for section in sections_for(actor_of(account, at.date()), at)]


@pytest.mark.parametrize(
    ("role", "body", "shown"),
    [
        (Role.OFFICER, "cnss", ["queue", "to_control"]),
        (Role.SUPERVISOR, "cnss", ["checking", "queue", "to_control"]),
        (Role.PARK_MANAGER, "casanearshore-manager", ["parks"]),
        (Role.CTO_MEMBER, "cto", ["sittings", "deciding"]),
        (Role.SECRETARIAT, "cto", ["sittings", "deciding", "to_control", "replays"]),
        (Role.STEERING_MEMBER, "copil", ["sittings", "steering"]),
        (Role.FEDERATION, "minassa", ["federation"]),
        (Role.TRAINING, "minassa", ["training"]),
        (Role.ANALYST, "minassa", ["analyst"]),
        (Role.ADMINISTRATOR, "minassa", ["replays", "platform"]),
    ],
)
@pytest.mark.usefixtures("world")
def test_each_role_has_its_section(role: str, body: str, shown: list[str]) -> None:
    assert names(holder(role, body)) == shown


@pytest.mark.usefixtures("world")
def test_an_account_without_role_nor_mandate_has_none() -> None:
    assert names(Account.objects.create(email="nobody@minassa.example", password="!")) == []


def test_a_firm_must_declare_the_month_that_is_over_and_sees_what_waits_for_it(world: World) -> None:
    Enterprise.objects.filter(pk=world.enterprise.pk).update(affiliation=9_000_001)
    case = submitted(world)
    case.state = CaseState.COMPLEMENT
    case.save()
    shown = to_do(world.preparer, NOW)
    assert [(each.month.isoformat(), each.due_on.isoformat(), each.late) for each in shown["declarations"]] == [
        ("2026-02-01", "2026-03-10", False)
    ]
    assert shown["cases"] == [case]
    assert to_do(world.preparer, NOW + 10 * DAY)["declarations"][0].late
    assert to_do(world.stranger, NOW)["cases"] == []


def test_a_service_sees_its_queue_and_how_many_are_late(world: World) -> None:
    submitted(world)
    shown = queue(world.officers["cnss"], NOW + HOURS)
    assert (len(shown["tasks"]), shown["waiting"], shown["late"]) == (1, 1, 0)
    assert shown["median"] is None
    assert queue(world.officers["cnss"], NOW + 300 * DAY)["late"] == 1


@pytest.mark.usefixtures("world")
def test_the_administrator_sees_messages_given_up_and_the_oldest_that_waits() -> None:
    actor = actor_of(holder(Role.ADMINISTRATOR, "minassa"), NOW.date())
    assert platform(actor, NOW)["waits"]["messages"] is None
    message = {"destination": "cnss", "kind": "case.submitted", "body": {}, "created_at": NOW, "due_at": NOW - HOURS}
    OutboxMessage.objects.create(**message)
    OutboxMessage.objects.create(**message, dead_at=NOW)
    shown = platform(actor, NOW)
    assert (shown["dead"], shown["waits"]["messages"]) == (1, HOURS)


@pytest.mark.usefixtures("world")
def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    answer = client.get("/fr/accueil/")
    assert answer.status_code == 302
    assert "/compte/" in answer["Location"]


def test_more_cases_cost_no_more_queries_than_the_page_shows(client: Client, world: World) -> None:
    client.force_login(
        Account.objects.get(email=world.preparer.email), backend=django_settings.AUTHENTICATION_BACKENDS[0]
    )
    client.get("/fr/accueil/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/fr/accueil/").status_code == 200
        return len(asked)

    for _each in range(8):
        submitted(world)
    full = queries()
    for _each in range(4):
        submitted(world)
    assert queries() == full


@pytest.mark.browser
@pytest.mark.parametrize("address", in_both_directions("/fr/accueil/"))
@pytest.mark.parametrize("email", ["sign@minassa.example", "cnss-chef@minassa.example"])
def test_the_page_is_accessible_and_fits_a_phone(
    browser_page: Page, settings: Settings, tmp_path: Path, address: str, email: str
) -> None:
    settings.MINASSA_HOME, settings.MINASSA_FILES = tmp_path, tmp_path / "files"
    submitted(make_world())
    sign_in(browser_page, email)
    browser_page.goto(address)
    assert browser_page.locator("section").count() >= 1
    assert axe(browser_page) == []
    browser_page.set_viewport_size({"width": 360, "height": 740})
    assert overflow(browser_page) == 0
