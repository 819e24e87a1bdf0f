"""The frame of every page in a real browser: both directions, wide and on a phone, by keyboard, printed, audited."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django import Settings

from minassa.web.testing import WIDTHS, axe, in_both_directions, overflow

STYLE = in_both_directions("/fr/style/")


@pytest.mark.browser
@pytest.mark.parametrize("address", STYLE)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_components_are_accessible_and_fit(browser_page: Page, address: str, width: str) -> None:
    across, down = WIDTHS[width]
    browser_page.set_viewport_size({"width": across, "height": down})
    browser_page.goto(address)
    assert axe(browser_page) == []
    assert overflow(browser_page) == 0


@pytest.mark.browser
def test_arabic_runs_from_right_to_left_in_its_own_font(browser_page: Page) -> None:
    browser_page.goto("/ar/style/")
    assert browser_page.get_attribute("html", "dir") == "rtl"
    brand, tools = browser_page.locator(".brand").bounding_box(), browser_page.locator(".site-tools").bounding_box()
    assert brand
    assert tools
    assert brand["x"] > tools["x"]
    fonts = browser_page.evaluate(
        "document.fonts.ready.then(all => [...all].filter(f => f.status == 'loaded').map(f => f.family))"
    )
    assert any("Noto Sans Arabic" in font for font in fonts)


@pytest.mark.browser
def test_the_first_key_leads_past_the_head(browser_page: Page) -> None:
    browser_page.goto("/fr/style/")
    browser_page.keyboard.press("Tab")
    assert browser_page.evaluate("document.activeElement.className") == "skip"
    browser_page.keyboard.press("Enter")
    assert browser_page.evaluate("document.activeElement.id") == "contenu"


@pytest.mark.browser
def test_paper_bears_no_navigation(browser_page: Page) -> None:
    browser_page.goto("/fr/style/")
    browser_page.emulate_media(media="print")
    assert not browser_page.locator(".site-nav").is_visible()
    assert browser_page.locator("h1").is_visible()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "direction", "said"),
    [
        ("fr", "ltr", "Cette page n'existe pas"),
        ("ar", "rtl", "هذه الصفحة غير موجودة"),
        ("en", "ltr", "This page does not exist"),
    ],
)
def test_a_page_that_is_not_there_says_so_in_the_language_of_the_address(
    client: Client, language: str, direction: str, said: str
) -> None:
    answer = client.get(f"/{language}/nulle-part/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert said in page


@pytest.mark.django_db
def test_each_language_leads_to_the_same_page(client: Client) -> None:
    page = client.get("/fr/style/?sort=amount").content.decode()
    assert 'href="/ar/style/?sort=amount"' in page
    assert 'href="/en/style/?sort=amount"' in page


@pytest.mark.django_db
def test_a_page_holds_no_style_nor_script_of_its_own(client: Client) -> None:
    page = client.get("/fr/style/").content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert "onclick" not in page


@pytest.mark.django_db
def test_a_platform_in_production_does_not_show_its_components(client: Client, settings: Settings) -> None:
    settings.MINASSA_DEMONSTRATION = False
    assert client.get("/fr/style/").status_code == 404


@pytest.mark.django_db
def test_the_demonstration_says_on_every_page_that_its_data_are_invented(client: Client, settings: Settings) -> None:
    assert 'class="band"' in client.get("/fr/nulle-part/").content.decode()
    settings.MINASSA_DEMONSTRATION = False
    assert 'class="band"' not in client.get("/fr/nulle-part/").content.decode()
