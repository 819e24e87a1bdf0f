"""A case filed, answered and validated without a pointer: Tab, Enter, arrows, letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django import Settings

from minassa.onestop.models import Case, CaseState, Task, TaskState
from minassa.onestop.public import give_document, open_case, use_document
from minassa.web.testing import sign_in
from tests.onestop.world import PDF, World, make_world
from tests.web.cases.people import now_submitted

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MOST_TABS = 120


@pytest.fixture
def world(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> World:
    request.getfixturevalue("transactional_db")
    settings.MINASSA_HOME = tmp_path
    settings.MINASSA_FILES = tmp_path / "files"
    return make_world()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until this has the focus, which must be seen."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"the focus of {selector} does not show"
            return
    pytest.fail(f"{selector} is not reached by Tab")


def enter(page: Page, selector: str) -> None:
    """Reach a link or a button by Tab and press it."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_firm_fills_signs_and_files_with_the_keyboard(browser_page: Page, world: World) -> None:
    page = browser_page
    sign_in(page, "sign@minassa.example")
    page.goto("/fr/dossiers/")
    enter(page, ".page-actions a[href$='nouveau/']")
    enter(page, "main a[href*='demarche=membership']:not([href*='outside'])")
    enter(page, "main form button[type=submit]")
    case = Case.objects.get()
    typed = {
        "#id_activity": "centre-appels",
        "#id_filiere": "Gestion de la relation",
        "#id_place": "Casanearshore",
        "#id_premises": "Lou",
        "#id_started_on": "01052026",
        "#id_jobs_planned": "120",
        "#id_export_share": "80",
    }
    for selector, text in typed.items():
        tab_to(page, selector)
        page.keyboard.type(text)
    tab_to(page, "input[name=foreign_staff]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#id_contact_email")
    page.keyboard.type("suivi@exemple.example")
    enter(page, "main form .form-end button:not([name])")
    case.refresh_from_db()
    assert case.answers["jobs_planned"] == 120
    assert case.answers["foreign_staff"] is False
    # No keyboard drives the window in which the machine lets a file be chosen: the document comes from another case.
    other = open_case(world.signer, world.enterprise, "membership", case.touched_at)
    lease = give_document(world.signer, world.enterprise, "premises_contract", "bail.pdf", PDF, case.touched_at)
    use_document(world.signer, other, "premises_contract", lease, case.touched_at)
    page.reload()
    enter(page, "button[name=reprendre]")
    enter(page, "button[name=suite]")
    enter(page, "button[name=suite]")
    case.refresh_from_db()
    assert case.state == CaseState.IN_REVIEW


def test_an_officer_works_through_the_queue_with_letters(browser_page: Page, world: World) -> None:
    first, second = now_submitted(world), now_submitted(world)
    page = browser_page
    sign_in(page, "commune@minassa.example")
    page.goto(reverse("inbox"))
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    with page.expect_navigation():
        page.keyboard.press("a")
    assert Task.objects.get(case=first, step="commune").assignee is not None
    assert Task.objects.get(case=second, step="commune").assignee is None
    page.goto(reverse("inbox"))
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("o")
    page.keyboard.press("f")
    assert page.is_checked("input[name=answer][value=favorable]")
    enter(page, "#answer-form button:not([name])")
    assert Task.objects.get(case=first, step="commune").state == TaskState.PROPOSED
    with page.expect_navigation():
        page.keyboard.press("u")
    page.keyboard.press("j")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("f")
    assert Task.objects.get(case=second, step="commune").state == TaskState.PROPOSED
    page.context.clear_cookies()
    sign_in(page, "commune-chef@minassa.example")
    page.goto(f"{reverse('inbox')}?etat=proposed")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("o")
    with page.expect_navigation():
        page.keyboard.press("f")
    assert Task.objects.filter(step="commune", state=TaskState.ANSWERED).count() == 1


def test_letters_are_left_to_who_types_and_can_be_turned_off(browser_page: Page, world: World) -> None:
    case = now_submitted(world)
    page = browser_page
    sign_in(page, "commune@minassa.example")
    page.goto(reverse("task", args=[case.uuid, "commune"]))
    tab_to(page, "#ground")
    page.keyboard.type("far")
    assert page.input_value("#ground") == "far"
    assert not page.is_checked("input[name=answer][value=favorable]")
    page.uncheck("#shortcuts")
    page.locator("h1").click()
    page.keyboard.press("f")
    assert not page.is_checked("input[name=answer][value=favorable]")
    page.reload()
    assert not page.is_checked("#shortcuts")
