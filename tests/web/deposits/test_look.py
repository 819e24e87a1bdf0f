from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from minassa.intake.models import Upload
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor
from minassa.web.testing import WIDTHS, axe, in_both_directions, overflow, sign_in
from tests.declarations.deposit.building import CIN, PERSONS, ebds, entrant, register
from tests.intake.firms import NOW, checked, deposited, worked
from tests.web.deposits.test_pages import broken, of, one

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("MINASSA_TEST_PICTURES", "")


@pytest.fixture
def uploads(enterprise: Enterprise, preparer: Actor) -> dict[str, Upload]:
    later = NOW + timedelta(hours=1)
    return {
        "former": deposited(preparer, enterprise, ebds(period=202_509)),
        "changed": checked(preparer, enterprise, ebds(entrants=entrant(PERSONS[4], CIN)), later),
        "broken": checked(preparer, enterprise, broken(), later),
        "register": checked(preparer, enterprise, register(birth_year=1800), later),
    }


def look(page: Page, address: str, name: str) -> list[str]:
    """What is wrong with a page at each width, in both directions."""
    wrong = []
    for where in in_both_directions(address):
        for width, (across, down) in WIDTHS.items():
            page.set_viewport_size({"width": across, "height": down})
            page.goto(where)
            if SHOTS:
                shot = Path(SHOTS) / f"{name}-{where[1:3]}-{width}.png"
                page.screenshot(path=shot, full_page=True)
            found = axe(page, contrast=(where, width) == (address, "wide"))
            wrong += [f"{where} {width}: {each}" for each in found]
            if overflow(page):
                wrong.append(f"{where} {width}: {overflow(page)} px too wide")
    return wrong


def test_pages_of_deposits_hold_for_everyone_at_every_width(
    browser_page: Page,
    enterprise: Enterprise,
    preparer: Actor,
    uploads: dict[str, Upload],
) -> None:
    sign_in(browser_page, preparer.email)
    wrong = look(browser_page, of(enterprise), "list")
    for name, upload in uploads.items():
        wrong += look(browser_page, one(upload), name)
    assert wrong == []


def test_files_are_sent_one_by_one_and_the_result_comes_by_itself(
    browser_page: Page,
    enterprise: Enterprise,
    preparer: Actor,
    tmp_path: Path,
) -> None:
    sign_in(browser_page, preparer.email)
    browser_page.goto(of(enterprise))
    name, content = ebds()
    (tmp_path / name).write_bytes(content)
    (tmp_path / "vide.txt").write_bytes(b"")
    browser_page.set_input_files("#files", [tmp_path / name, tmp_path / "vide.txt"])
    browser_page.click("#depot button")
    browser_page.wait_for_selector("#sending .wrong")
    assert "vide" in browser_page.inner_text("#sending .wrong")
    browser_page.wait_for_selector(".file-name")
    assert worked(Upload.objects.get().received_at) == 1
    browser_page.wait_for_selector("text=contrôlé, à déposer", timeout=8_000)


def test_findings_are_walked_with_two_keys(
    browser_page: Page,
    preparer: Actor,
    uploads: dict[str, Upload],
) -> None:
    sign_in(browser_page, preparer.email)
    browser_page.goto(one(uploads["broken"]))
    browser_page.keyboard.press("n")
    assert browser_page.evaluate("document.activeElement.id") == "r-1"
    browser_page.keyboard.press("n")
    assert browser_page.evaluate("document.activeElement.id") == "r-2"
    browser_page.keyboard.press("p")
    assert browser_page.evaluate("document.activeElement.id") == "r-1"
