"""A browser that looks at every page of the platform: direction, headings, language, widths, axe, titles."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest
from django.db import connections
from django.urls import resolve
from django.utils import translation
from playwright.sync_api import BrowserContext, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from minassa.registry.demonstration import DOMAIN
from minassa.web.testing import WIDTHS, Chromium, axe, overflow, sign_in
from tests.web.every_page import VISITS
from tests.web.every_page_world import Made, make
from tests.web.journeys.languages import WHOLE
from tests.web.visits import Visit

AUDITED = {"fr": "wide", "ar": "phone"}
"""Where axe is asked, but at every width in both directions when all is walked, which takes twice as long."""
CONTRASTED = "fr"
"""Colours are the same in every language: their contrast is asked once."""
WITHOUT_SECOND_FACTOR = {"prepare"}
PICTURES = os.environ.get("MINASSA_TEST_PICTURES", "")
LEFT = """() => {
  const french = /[éèêàçùœîôÉÀ]|(^|[\\s('’])(le|la|les|des|une|votre|vos|du|pas|est|sont|aux|pour|dans|de|et)[\\s'’]/i
  const data = 'bdi,code,pre,textarea,option,script,style,[lang=fr],[lang=""],[dir=ltr]'
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), left = []
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), around = walker.currentNode.parentElement
    if (text && !text.includes('\\u2068') && french.test(text) && !around.closest(data)) left.push(text.slice(0, 90))
  }
  return left
}"""
"""French that is left on a page, outside what people or firms wrote themselves."""


class Reader:
    """One browser for all pages, where each person is signed in once."""

    def __init__(self, started: Chromium, address: str, made: Made) -> None:
        self.started, self.address, self.made = started, address, made
        self._pages: dict[str, Page] = {}
        self._contexts: list[BrowserContext] = []
        self.said: list[str] = []
        self.titles: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def page(self, who: str) -> Page:
        """The page of a person."""
        if who not in self._pages:
            # A page that asks for less movement is still at once.
            context = self.started.started.new_context(base_url=self.address, reduced_motion="reduce")
            self._contexts.append(context)
            page = context.new_page()
            page.on("console", lambda message: self.said.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: self.said.append(str(error)))
            self._pages[who] = page
            self._enter(who)
        return self._pages[who]

    def _enter(self, who: str) -> None:
        if who:
            email = f"{self.made.who(who)}@{DOMAIN}"
            sign_in(self._pages[who], email, second_factor=who not in WITHOUT_SECOND_FACTOR)

    def faults_of_all(self, language: str) -> list[str]:
        """What is wrong with every page in a language, titles that two pages share included."""
        wrong = [
            f"{visit.address(self.made, language)} ({visit}): {fault}"
            for visit in VISITS
            for fault in self.faults(visit, language)
        ]
        shared = {title: routes for title, routes in self.titles[language].items() if len(routes) > 1}
        return wrong + [f"{title} is the title of {routes}" for title, routes in shared.items()]

    def close(self) -> None:
        """Close them all."""
        for context in self._contexts:
            context.close()

    def faults(self, visit: Visit, language: str) -> list[str]:
        """What is wrong with a page in a language."""
        page, wrong = self.page(visit.who), []
        self.said.clear()
        if visit.route.startswith("mfa_"):
            self._enter(visit.who)  # what protects an account is shown to who has just entered
        across, down = WIDTHS["wide"]
        page.set_viewport_size({"width": across, "height": down})
        address = visit.address(self.made, language)
        answer = page.goto(address)
        assert answer is not None
        came = page.url.removeprefix(self.address)
        if answer.status != visit.status or not came.startswith(address.partition("?")[0]):
            return [f"{answer.status}, at {page.url}"]
        if visit.status == HTTPStatus.OK:
            with translation.override(language):
                name = resolve(came.partition("?")[0]).url_name or ""
            # To confirm who one is, by a password or by a code, is one page.
            self.titles[language][page.title()].add(name.removeprefix("mfa_").removeprefix("account_"))
        direction = page.get_attribute("html", "dir")
        if direction != ("rtl" if language == "ar" else "ltr"):
            wrong.append(f"dir is {direction}")
        headings = page.locator("h1").count()
        if headings != 1 or not page.inner_text("h1").strip():
            wrong.append(f"{headings} h1")
        if language == "ar":
            wrong += [f"French is left: {text}" for text in page.evaluate(LEFT)]
        # What axe and pictures do to the page is no fault of the page.
        wrong += [f"the browser complains: {text}" for text in self.said if visit.status == HTTPStatus.OK]
        return wrong + self._at_each_width(page, visit, language)

    def _at_each_width(self, page: Page, visit: Visit, language: str) -> list[str]:
        wrong = []
        for width, (across, down) in WIDTHS.items():
            page.set_viewport_size({"width": across, "height": down})
            if WHOLE or AUDITED[language] == width:
                found = axe(page, contrast=WHOLE or language == CONTRASTED)
                wrong += [f"{width}: {each['rule']} {each['where']}" for each in found]
            if overflow(page):
                wrong.append(f"{width}: {overflow(page)} px too wide")
            if PICTURES:
                Path(PICTURES).mkdir(parents=True, exist_ok=True)
                name = re.sub(r"[^\w-]", "_", f"{VISITS.index(visit):03}-{visit}-{language}-{width}")
                page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
        return wrong


@pytest.fixture
def reader(
    browser: Chromium, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> Iterator[Reader]:
    """The demonstration in a folder of its own, a server on it, and a browser."""
    settings.MINASSA_HOME = tmp_path / "home"
    settings.MINASSA_FILES = tmp_path / "home" / "files"
    made = make()
    # While a page is used Django would take this thread for asynchronous code and refuse to read the database.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with browser.awake():
        held = Reader(browser, live_server.url, made)
        yield held
        held.close()
        connections.close_all()
