"""The federation in a browser: minutes approved, an action moved; a start-up registered, checked, in public."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from minassa.commissions.models import Action, Sitting
from minassa.registry.demonstration import accounts
from minassa.registry.models import Account, Body, Enterprise
from minassa.registry.public import actor_of
from minassa.ventures.models import Venture
from tests.web.commissions_world import AtWork, make_commission
from tests.web.journeys.languages import walked_in
from tests.web.journeys.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SPACE = "/fr/commissions/europe/"


@pytest.fixture
def at_work(request: pytest.FixtureRequest, live_server: LiveServer) -> AtWork:  # noqa: ARG001 (the pages are there)
    request.getfixturevalue("transactional_db")
    accounts()
    keeper = actor_of(Account.objects.get(email="apebi@minassa.example"))
    atlas = Enterprise.objects.get(name="EXEMPLE ATLAS CONTACT")
    return make_commission(keeper, atlas, Body.objects.get(code="mtnra"), timezone.now())


@walked_in("fr")
def test_a_member_approves_minutes_and_moves_an_action(browser_page: Page, language: str, at_work: AtWork) -> None:
    walk = Walk(browser_page, language)
    walk.become("sign@minassa.example")
    walk.visit(f"/fr/commissions/seances/{at_work.minuted.uuid}/", "minutes-to-approve")
    walk.press("button[value=approve]")
    walk.look("minutes-approved")
    assert Sitting.objects.get(pk=at_work.minuted.pk).state == "approved"
    walk.go(SPACE)
    walk.page.select_option("#plan ~ div select[name=state]", "doing")
    walk.press("#plan ~ div form button")
    walk.look("action-moved")
    assert Action.objects.get(pk=at_work.action.pk).state == "doing"
    assert walk.wrong == []


@walked_in("ar")
@pytest.mark.usefixtures("at_work")
def test_a_start_up_registers_is_checked_and_shown(browser_page: Page, language: str) -> None:
    walk, page = Walk(browser_page, language), browser_page
    walk.become("sign@minassa.example")
    walk.go("/fr/jeunes-pousses/inscrire/")
    page.fill("#name", "EXEMPLE Jeune Pousse")
    page.select_option("#kind", "startup")
    page.select_option("#stage", "exporting")
    page.fill("#product", "Produit EXEMPLE")
    page.select_option("#markets", ["FR", "SN"])
    walk.press("main form.platform-form button[type=submit]")
    walk.look("start-up-registered")
    made = Venture.objects.get(name="EXEMPLE Jeune Pousse")
    walk.press("button[value=agree]")
    walk.become("apebi@minassa.example")
    walk.go(f"/fr/jeunes-pousses/{made.uuid}/")
    walk.press("button[value=holds]")
    walk.page.context.clear_cookies()
    walk.visit("/fr/jeunes-pousses/", "start-up-in-public")
    assert page.locator("main table th bdi", has_text="EXEMPLE Jeune Pousse").count() == 1
    assert walk.wrong == []
