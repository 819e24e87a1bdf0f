"""A claim walked through in the browser, in both directions: contested, answered, signed; then an employee contests."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import Settings

from minassa.claims.models import ClaimState, Contest
from minassa.claims.public import accept, answer, check, pass_on, payable, sign
from minassa.registry.public import committee_actor
from minassa.web.claims.names import cards_of
from tests.web.claims_world import YEAR, Scene, a_line, make_scene
from tests.web.journeys.languages import walked_in
from tests.web.journeys.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SAID = {
    "fr": ("Un mois de cette personne manque.", "Le mois est compté, voyez la ligne.", "Je suis parti en mai."),
    "ar": ("ينقص شهر من أشهر هذا الشخص.", "الشهر محسوب، انظروا إلى السطر.", "غادرت في شهر ماي."),
}


@pytest.fixture
def scene(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Scene:
    request.getfixturevalue("transactional_db")
    settings.MINASSA_HOME = tmp_path / "home"
    settings.MINASSA_FILES = tmp_path / "home" / "files"
    return make_scene()


@walked_in("ar")
def test_a_firm_contests_is_answered_signs_and_an_employee_blocks_a_line(
    browser_page: Page, scene: Scene, language: str
) -> None:
    walk = Walk(browser_page, language)
    contests(walk, scene)
    answers(walk)
    signs(walk, scene)
    number, code = is_given_a_code(walk, scene)
    an_employee_contests(walk, scene, number, code)
    assert walk.wrong == []


def contests(walk: Walk, scene: Scene) -> None:
    """Who prepares opens the claim from the first page, reads a line down to its files, and contests it."""
    page = walk.page
    walk.become("prepare@minassa.example")
    walk.visit("/fr/accueil/", "home")
    page.click(f"text={scene.claim('paf', YEAR).reference}")
    walk.look("claim")
    page.locator("table.lines tbody th a").first.click()
    walk.look("line")
    assert page.locator(".why-tree details").count() > 0
    walk.press("form[action$='contester/'] button")
    assert page.locator(".notice-error").count() == 1
    page.fill("#reason", SAID[walk.language][0])
    walk.press("form[action$='contester/'] button")
    assert page.locator("#contestations").count() == 1
    walk.look("contested")
    assert scene.claim("paf", YEAR).state == ClaimState.CONTESTED


def answers(walk: Walk) -> None:
    """The secretariat finds the contest, reads the line it bears on, and answers it."""
    page = walk.page
    walk.become("secretariat@minassa.example")
    walk.visit("/fr/controles/", "control")
    walk.visit("/fr/controles/contestations/", "contests")
    page.locator("table tbody th a").first.click()
    walk.look("contest")
    assert SAID[walk.language][0] in page.inner_text("main")
    page.check("input[name=upheld][value=non]")
    page.fill("#text", SAID[walk.language][1])
    walk.press("form[action$='repondre/'] button")
    assert Contest.objects.get().answer == SAID[walk.language][1]


def signs(walk: Walk, scene: Scene) -> None:
    """Who prepares reads the answer and says that the claim was checked; the signer confirms its digest and signs."""
    page, claim = walk.page, scene.claim("paf", YEAR)
    address = f"/fr/demandes/{claim.uuid}/"
    walk.become("prepare@minassa.example")
    walk.go(address)
    assert SAID[walk.language][1] in page.inner_text("main")
    walk.press("form[action$='verifier/'] button")
    assert page.locator("form[action$='signer/']").count() == 0
    walk.become("sign@minassa.example")
    walk.visit(f"{address}signature/", "sign")
    assert claim.content_digest in page.inner_text("main")
    walk.press("form[action$='signer/'] button")
    assert page.locator(".notice-error").count() == 1
    page.check("#sur")
    walk.press("form[action$='signer/'] button")
    walk.look("signed")
    assert scene.claim("paf", YEAR).state == ClaimState.SIGNED


def is_given_a_code(walk: Walk, scene: Scene) -> tuple[str, str]:
    """The firm prints the letter of an employee: the number that he or she knows, and the code of the letter."""
    page, line = walk.page, a_line(scene.claim("paf", YEAR))
    (card,) = cards_of(scene.actor("prepare"), scene.firm, line.claim.affiliation, [line.person]).values()
    walk.visit(f"/fr/mes-primes/codes/{scene.firm.uuid}/", "codes")
    page.check(f"tr:has-text('{card.name}') input[type=checkbox]")
    walk.press("form[action$='lettres/'] button")
    walk.look("letter")
    return card.number, page.inner_text(".letter-code code")


def an_employee_contests(walk: Walk, scene: Scene, number: str, code: str) -> None:
    """Nobody is signed in: the employee enters, sees what is claimed, contests it; once accepted it is not paid."""
    page = walk.page
    page.context.clear_cookies()
    walk.visit("/fr/mes-primes/", "enter")
    page.fill("#number", number)
    page.fill("#code", code)
    walk.press("main form button[type=submit]")
    walk.look("claimed")
    assert number not in page.url + page.content()
    page.locator("details.fold summary").first.click()
    page.locator("details.fold textarea").first.fill(SAID[walk.language][2])
    with page.expect_navigation():
        page.locator("details.fold button").first.click()
    walk.look("own-contest")
    made = Contest.objects.get(by_worker=True)
    walk.visit("/fr/mes-primes/", "enter-again")
    page.fill("#number", number)
    page.fill("#code", code)
    walk.press("main form button[type=submit]")
    assert page.locator(".notice-warning").count() == 1
    blocks(scene, made)


def blocks(scene: Scene, made: Contest) -> None:
    """A claim accepted whole is not paid for the line that waits; once it is answered, it is."""
    claim, now = made.claim, timezone.now()
    if claim.state == ClaimState.OPEN:
        sign(scene.actor("sign"), check(scene.actor("prepare"), claim, now), now)
    pass_on(scene.actor("secretariat"), claim, now)
    accept(committee_actor("CTO-2026-0001/1", ["account:1"]), claim, now)
    assert payable(claim).blocked == made.line.amount_cents
    assert payable(claim).now == claim.total_cents - made.line.amount_cents
    answer(scene.actor("secretariat"), made, "Vu.", now, upheld=False)
    assert payable(claim).blocked == 0
