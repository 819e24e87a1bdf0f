"""A lead in a browser: an event, a lead, a P2I proposed with reasons, its answer, the contract, jobs declared."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from minassa.markets.models import Event, Lead, LeadState
from minassa.registry.demonstration import accounts
from minassa.registry.models import Enterprise
from minassa.steering.markets.counting import count_next, latest_declared
from minassa.steering.markets.staffing import staff_next
from minassa.vocabulary.periods import format_month, month_of
from tests.web.claims_world import affiliations, settle
from tests.web.journeys.languages import walked_in
from tests.web.journeys.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
FIRM = "EXEMPLE ATLAS CONTACT"
COMPANY = "CLIENT FICTIF"


@pytest.fixture
def firm(
    request: pytest.FixtureRequest,
    settings: Settings,
    tmp_path: Path,
    live_server: LiveServer,  # noqa: ARG001 (the pages are there)
) -> Enterprise:
    """A firm of the registry that is one of the small nation, whose run is there."""
    request.getfixturevalue("transactional_db")
    settings.MINASSA_HOME = tmp_path
    settings.MINASSA_FILES = tmp_path / "files"
    settle()
    accounts()
    Enterprise.objects.filter(name=FIRM).update(affiliation=affiliations()[0])
    return Enterprise.objects.get(name=FIRM)


@walked_in("fr")
def test_a_lead_goes_from_an_event_to_jobs_declared(browser_page: Page, language: str, firm: Enterprise) -> None:
    walk = Walk(browser_page, language)
    assert staff_next(timezone.now())
    lead = met_at_an_event(walk)
    address = f"/fr/marches/pistes/{lead.uuid}/"
    qualified_and_proposed(walk, address)
    answered(walk, address)
    won(walk, address, firm)
    assert shown(walk)
    assert "—" in walk.page.locator(".market-bars").inner_text()
    assert count_next(timezone.now())
    walk.visit(address, "lead-jobs-declared")
    lead.refresh_from_db()
    kept = latest_declared(configured.MINASSA_HOME)
    assert kept is not None
    assert lead.state == LeadState.WON
    jobs = kept["declared"][str(lead.uuid)]["jobs"]
    assert walk.page.locator("#declares").inner_text().strip() == str(jobs)
    walk.visit("/fr/marches/pistes/", "leads-to-jobs")
    assert walk.wrong == []


def met_at_an_event(walk: Walk) -> Lead:
    """The federation records an event, then a lead met there."""
    page, today = walk.page, timezone.localdate()
    walk.become("apebi@minassa.example")
    walk.visit("/fr/marches/evenements/", "events")
    page.fill("#name", "Salon EXEMPLE")
    page.select_option("#market", "FR")
    page.fill("#starts_on", (today - timedelta(days=2)).isoformat())
    page.fill("#ends_on", today.isoformat())
    page.fill("#place", "Paris")
    page.fill("#organiser", "Organisateur EXEMPLE")
    page.select_option("#commission", "europe")
    walk.press("form.market-form button[type=submit]")
    assert Event.objects.get().name == "Salon EXEMPLE"
    page.fill("#company", COMPANY)
    page.select_option("#filiere", "2")
    page.fill("#places_wanted", "40")
    page.fill("#by_month", format_month(month_of(today) + 6))
    page.check("input[value=fr][name=languages]")
    walk.press("form.market-form button[type=submit]")
    walk.look("lead-new")
    return Lead.objects.get()


def qualified_and_proposed(walk: Walk, address: str) -> None:
    """It is qualified; P2I are told with reasons, and it is proposed to Casanearshore."""
    walk.go(address)
    walk.press("button[value=qualify]")
    walk.look("lead-proposals")
    row = walk.page.locator("tr:has(input[name=place][value='101'])")
    assert row.locator("li").count() == 4
    walk.press("tr:has(input[name=place][value='101']) button[value=propose]")
    assert walk.page.locator(".notice-success").count() == 1


def answered(walk: Walk, address: str) -> None:
    """The manager of the P2I finds it among its leads, and answers."""
    walk.become("p2i@minassa.example")
    walk.visit("/fr/marches/pistes/", "leads-of-a-p2i")
    assert walk.page.locator(f"a[href$='{address.removeprefix('/fr')}']").count() == 1
    walk.go(address)
    walk.page.fill("input[name=places]", "40")
    walk.page.fill("input[name=delay_days]", "60")
    walk.press("button[value=answer]")
    walk.look("answer-refused")
    walk.page.fill("input[name=price]", "2500")
    walk.page.fill("input[name=price_source]", "Barème EXEMPLE")
    walk.press("button[value=answer]")
    walk.look("lead-answered")


def won(walk: Walk, address: str, firm: Enterprise) -> None:
    """The federation says that the contract is signed."""
    walk.become("apebi@minassa.example")
    walk.go(address)
    walk.page.fill("#ice", firm.ice)
    walk.page.fill("#signed_month", format_month(month_of(timezone.localdate()) - 6))
    walk.page.fill("#jobs_promised", "30")
    walk.press("button[value=win]")
    walk.look("lead-won")


def shown(walk: Walk) -> bool:
    """Go to the way from events to jobs; it is there."""
    walk.go("/fr/marches/pistes/")
    return walk.page.locator(".market-bars").count() == 1
