"""Signing in with a second factor, an estimate and a deposit without a pointer: Tab, Enter, Space, arrows."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from playwright.sync_api import Page, expect
from pytest_django import Settings

from minassa.intake.models import Upload
from minassa.registry.models import Account, Role
from minassa.web.testing import sign_in
from tests.declarations.deposit.building import ebds
from tests.intake.firms import firm, mandated, worked
from tests.registry.world import HASHERS, appointed, make_body
from tests.web.journeys.test_keyboard import enter, tab_to
from tests.web.journeys.walk import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> None:
    settings.PASSWORD_HASHERS = HASHERS
    settings.MINASSA_HOME = tmp_path
    settings.MINASSA_FILES = tmp_path / "files"


def test_an_officer_signs_in_with_a_second_factor(browser_page: Page) -> None:
    page, secret = browser_page, generate_totp_secret()
    account = Account.objects.get(email=appointed("cnss", Role.OFFICER, make_body("cnss", "agency")).email)
    account.set_password(PASSWORD)
    account.save()
    TOTP.activate(account, secret)
    page.goto("/fr/accueil/")
    tab_to(page, "#id_login")
    page.keyboard.type(account.email)
    tab_to(page, "#id_password")
    page.keyboard.type(PASSWORD)
    enter(page, "main form button[type=submit]")
    tab_to(page, "#id_code")
    page.keyboard.type(str(format_hotp_value(hotp_value(secret, int(time.time()) // 30))))
    enter(page, "main form button[type=submit]")
    expect(page).to_have_url(re.compile("/fr/accueil/$"))


def test_anyone_estimates(browser_page: Page) -> None:
    page = browser_page
    page.goto("/fr/estimer/?p=fes-shore&h=3.5.12000.2026-03.1.1")
    before = page.locator(".figure").first.inner_text()
    tab_to(page, "#lieu-1")
    page.keyboard.press("ArrowDown")
    tab_to(page, "input[name=s]")
    page.keyboard.press("End")
    page.keyboard.type("0")
    expect(page.locator(".figure").first).not_to_have_text(before)
    assert "p=fes-shore" not in page.url


def test_a_firm_deposits_its_declaration(browser_page: Page, tmp_path: Path) -> None:
    page, enterprise = browser_page, firm()
    actor = mandated(enterprise)
    name, content = ebds()
    (tmp_path / name).write_bytes(content)
    sign_in(page, actor.email)
    page.goto(f"/fr/depots/entreprise/{enterprise.uuid}/")
    page.wait_for_load_state("networkidle")
    tab_to(page, "#files")
    # The window in which a file is chosen is the machine's: a browser without a screen does not always open it.
    page.set_input_files("#files", tmp_path / name)
    tab_to(page, "#depot button")
    page.keyboard.press("Space")
    page.wait_for_selector(".file-name")
    upload = Upload.objects.get()
    worked(upload.received_at)
    page.goto(f"/fr/depots/{upload.uuid}/")
    enter(page, ".page-actions button.btn-primary")
    upload.refresh_from_db()
    assert upload.state in {"depositing", "deposited"}
