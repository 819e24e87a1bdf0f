"""What does not conform in a P2I, in a browser: found at a visit, its remedy proposed, agreed to, done and verified."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page
from pytest_django.live_server_helper import LiveServer

from minassa.platforms.models import Finding
from minassa.registry.demonstration import accounts
from tests.onestop.world import PDF
from tests.web.journeys.languages import walked_in
from tests.web.journeys.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
POINT = "safety"
SEEN = "Escalier de secours encombré (EXEMPLE)."
REMEDY = "Dégager l'escalier et afficher le plan (EXEMPLE)."
PLACE = "/fr/plateformes/casanearshore/"


@pytest.fixture
def people(request: pytest.FixtureRequest, live_server: LiveServer) -> None:  # noqa: ARG001 (the pages are there)
    request.getfixturevalue("transactional_db")
    accounts()


@walked_in("fr")
@pytest.mark.usefixtures("people")
def test_a_finding_goes_from_a_visit_to_its_remedy_verified(browser_page: Page, language: str) -> None:
    walk = Walk(browser_page, language)
    finding = found_at_a_visit(walk)
    address = f"/fr/plateformes/constats/{finding.uuid}/"
    proposes(walk, address)
    answers(walk, address, "agree")
    does(walk, address)
    answers(walk, address, "verify")
    walk.look("finding-closed")
    finding.refresh_from_db()
    assert finding.state == "closed"
    assert finding.evidence is not None
    walk.visit(PLACE, "p2i-with-its-finding")
    shown = walk.page.locator(f"#conformite ~ div a[href$='{finding.uuid}/']").first
    assert shown.inner_text() == finding.get_state_display() or language != "fr"
    assert walk.wrong == []


def found_at_a_visit(walk: Walk) -> Finding:
    """The secretariat tells a visit, and what does not conform there."""
    page = walk.page
    walk.become("secretariat@minassa.example")
    walk.go(PLACE)
    unfold(walk)
    page.fill("form:has(input[value=visit]) textarea", "Visite du bâtiment (EXEMPLE).")
    walk.press("form:has(input[value=visit]) button")
    unfold(walk)
    page.select_option("#point", POINT)
    page.select_option("#result", "not")
    page.select_option("#severity", "major")
    page.select_option("#visit", index=1)
    page.fill("#assess-said", SEEN)
    walk.press("form:has(input[value=assess]) button")
    walk.look("p2i-visited")
    return Finding.objects.get(point=POINT)


def proposes(walk: Walk, address: str) -> None:
    """The manager proposes a remedy; a date gone by is refused, and nothing that was written is lost."""
    walk.become("p2i@minassa.example")
    walk.go(address)
    today = timezone.localdate()
    walk.page.fill("#remedy", REMEDY)
    walk.page.fill("#due", (today - timedelta(days=1)).isoformat())
    walk.press("button[value=propose]")
    walk.look("remedy-refused")
    assert walk.page.input_value("#remedy") == REMEDY
    walk.page.fill("#due", (today + timedelta(days=20)).isoformat())
    walk.press("button[value=propose]")
    assert walk.page.locator(".notice-success").count() == 1


def answers(walk: Walk, address: str, act: str) -> None:
    """The secretariat agrees to the remedy, or verifies that it is done."""
    walk.become("secretariat@minassa.example")
    walk.go(address)
    walk.look(f"finding-{act}")
    walk.press(f"button[value={act}]")
    assert walk.page.locator(".notice-success").count() == 1


def does(walk: Walk, address: str) -> None:
    """The manager shows by a file that the remedy is done."""
    walk.become("p2i@minassa.example")
    walk.go(address)
    walk.page.set_input_files("#file", FilePayload(name="piece-exemple.pdf", mimeType="application/pdf", buffer=PDF))
    walk.press("button[value=do]")
    assert walk.page.locator(".notice-success").count() == 1


def unfold(walk: Walk) -> None:
    """Open what is folded."""
    for fold in walk.page.locator("details.more:not([open]) > summary").all()[::-1]:
        fold.click()
