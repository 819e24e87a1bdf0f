"""Reforms in a browser: a lever is computed while the hand moves; then kept, argued, compared, put to the committee."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from minassa.reforms.models import Proposal, Reform
from minassa.registry.models import Account, Role
from minassa.web.trials.warm import WARM
from tests.onestop.world import make_world
from tests.web.home.test_home import holder
from tests.web.journeys.languages import walked_in
from tests.web.journeys.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def analyst(
    transactional_db: None,  # noqa: ARG001
    live_server: LiveServer,  # noqa: ARG001
    published: Path,  # noqa: ARG001
    settings: Settings,
    tmp_path: Path,
) -> Account:
    settings.MINASSA_FILES = tmp_path / "files"
    assert WARM.trial(settings.MINASSA_HOME, 60) is not None
    make_world()
    return holder(Role.ANALYST, "minassa")


@walked_in("fr")
def test_a_reform_is_tried_by_hand_then_kept_argued_compared_and_proposed(
    browser_page: Page, analyst: Account, language: str
) -> None:
    walk = Walk(browser_page, language)
    walk.become(analyst.email)
    slides(walk)
    first = keeps(walk, "PAE plus haute (exemple)")
    walk.go("/fr/essais/?air_cap.casanearshore=1500&pae_stay_reached=0&income_tax_scale.rate-5=3800")
    second = keeps(walk, "Casablanca et barème (exemple)")
    argues(walk, first)
    walk.visit(f"/fr/essais/reformes/cote-a-cote/?r={first.uuid}&r={second.uuid}", "beside")
    assert not walk.wrong, "\n".join(walk.wrong)


def slides(walk: Walk) -> None:
    """Move a slider: the results and the address follow, without any button."""
    walk.go("/fr/essais/")
    lever = walk.page.locator("input[type=range][data-for='l-pae_rate']")
    walk.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    lever.evaluate("(one) => { one.value = 2500; one.dispatchEvent(new Event('input', {bubbles: true})); }")
    expect(walk.page.locator("#resultats .told strong").first).to_be_visible()
    walk.page.wait_for_url("**pae_rate=2500*")
    assert walk.page.locator("#l-pae_rate").input_value() == "2500"


def keeps(walk: Walk, name: str) -> Reform:
    """Keep what the levers say, from the results."""
    walk.press("#resultats .plan-buttons a.btn-primary")
    walk.page.fill("#id_name", name)
    walk.page.fill("#id_reasons", "Raison EXEMPLE, sur plusieurs mots pour voir la ligne entière.")
    walk.press(".reform-form button[type=submit]")
    return Reform.objects.latest("pk")


def argues(walk: Walk, reform: Reform) -> None:
    """Comment, then put the reform to the committee."""
    walk.go(f"/fr/essais/reformes/{reform.uuid}/")
    walk.page.fill("#text", "Trop cher pour les petites entreprises ? (exemple)")
    walk.press("form[action$='commenter/'] button")
    walk.page.click("section[aria-labelledby=comite] summary")
    walk.page.fill("#id_month", f"{timezone.localdate() + timedelta(days=40):%Y-%m}")
    walk.page.fill("#id_ground", "Motif EXEMPLE.")
    walk.press("form[action$='proposer/'] button")
    walk.look("proposed")
    assert Proposal.objects.filter(revision__reform=reform, state="proposed").exists()
