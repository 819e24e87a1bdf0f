"""A firm states a quarter from a sheet with an error, corrects, signs; the secretariat reads sums under control."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from minassa.exports.models import OfficialTable, Statement
from minassa.exports.public import exchange_office_known, prepare, quarters, sign
from minassa.registry.models import Enterprise, Mandate, Power
from minassa.registry.public import actor_of
from tests.onestop.world import SINCE, World, account, make_world
from tests.web.exports_world import HEAD, LINES, OFFICIAL, sheet
from tests.web.journeys.languages import walked_in
from tests.web.journeys.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WHOLE_HIDDEN = "#etats ~ ul .value .soft"
WRONG = "FRANCE;OFFSHORING;CRM;EUR;100,00\n"


@pytest.fixture
def world(
    request: pytest.FixtureRequest,
    settings: Settings,
    tmp_path: Path,
    live_server: LiveServer,  # noqa: ARG001 (the pages are there)
) -> World:
    request.getfixturevalue("transactional_db")
    settings.MINASSA_HOME = tmp_path
    settings.MINASSA_FILES = tmp_path / "files"
    return make_world()


@walked_in("fr")
def test_a_quarter_is_stated_and_read_in_sums_that_tell_no_firm(
    browser_page: Page, world: World, language: str
) -> None:
    walk = Walk(browser_page, language)
    states(walk, world)
    is_read(walk)
    assert walk.page.locator(WHOLE_HIDDEN).count() == 1
    others_state()
    is_read(walk)
    assert walk.page.locator(WHOLE_HIDDEN).count() == 0
    brings_a_table(walk)
    assert walk.wrong == []


def states(walk: Walk, world: World) -> None:
    """Who prepares sends a sheet with a wrong line, then a good one; who signs signs it."""
    page = walk.page
    walk.become(world.preparer.email)
    walk.visit("/fr/export/etats/", "statements-none")
    walk.go("/fr/export/etats/nouveau/")
    sends(walk, WRONG + LINES)
    walk.look("statement-refused")
    assert not Statement.objects.exists()
    assert page.locator("#remarques + div tbody tr").count() == 1
    sends(walk, LINES)
    walk.look("statement-prepared")
    statement = Statement.objects.get()
    walk.become(world.signer.email)
    walk.go(f"/fr/export/etats/{statement.uuid}/")
    walk.press("form:has(input[name=version]) button[type=submit]")
    walk.look("statement-signed")
    statement.refresh_from_db()
    assert statement.state == "signed"


def sends(walk: Walk, lines: str) -> None:
    """Send a sheet for the last quarter."""
    walk.page.set_input_files(
        "#id_file", FilePayload(name="EXPORT.csv", mimeType="text/csv", buffer=(HEAD + lines).encode())
    )
    walk.press("form.reform-form button[type=submit]")


def others_state() -> None:
    """Seven more firms sign the same quarter."""
    now = timezone.now()
    for rank in range(7):
        firm = Enterprise.objects.create(ice=f"{920_000_000_000_000 + rank}", name=f"AUTRE EXEMPLE {rank}")
        who = account(f"exporte-{rank}")
        Mandate.objects.create(account=who, enterprise=firm, power=Power.SIGN, since=SINCE)
        made = prepare(actor_of(who), firm, quarters(timezone.localdate())[0], sheet(), None, now, synthetic=True)
        sign(actor_of(who), made, now)


def is_read(walk: Walk) -> None:
    """The secretariat reads sums; of one firm, nothing."""
    walk.become("secretariat@minassa.example")
    walk.visit("/fr/export/", "exports")


def brings_a_table(walk: Walk) -> None:
    """A table of another scope is refused; one of the Office is read, then entered."""
    page = walk.page
    walk.go("/fr/export/office-des-changes/")
    for content in (OFFICIAL.replace("OFFICE-DES-CHANGES", "MINISTERE"), OFFICIAL):
        buffer = content.encode()
        page.set_input_files("#id_file", FilePayload(name="OFFICE.csv", mimeType="text/csv", buffer=buffer))
        walk.press("form.reform-form button[type=submit]")
        walk.look("official-table")
    assert OfficialTable.objects.count() == 1
    walk.press("form:has(input[name=version]) button[type=submit]")
    assert exchange_office_known().yearly()[-1].period == "2025"
    walk.visit("/fr/export/", "exports-with-the-table")
