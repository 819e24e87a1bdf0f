"""What tests of pages share: a real browser on a real server, an accessibility audit, a way to sign in.

A `conftest.py` imports the fixtures it needs: `from minassa.web.testing import browser_page  # noqa: F401`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.http import HttpRequest
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from minassa.registry.accounts import Account

LANGUAGES: Final = ("fr", "ar")
"""Both directions: what is looked at in one must be looked at in the other."""

WIDTHS: Final = {"wide": (1280, 900), "phone": (360, 740)}


class Chromium:
    """A started browser, whose event loop is the running one of this thread only while a page is used.

    Other tests, and what they call, must not believe themselves inside asynchronous code.
    """

    def __init__(self, started: Browser) -> None:
        self.started = started
        self._loop = asyncio._get_running_loop()  # noqa: SLF001 (there is no other door)

    @contextmanager
    def awake(self) -> Iterator[Browser]:
        """The browser, to be used inside the block."""
        asyncio._set_running_loop(self._loop)  # noqa: SLF001
        try:
            yield self.started
        finally:
            asyncio._set_running_loop(None)  # noqa: SLF001


@pytest.fixture(scope="session")
def browser(browser_program: str) -> Iterator[Chromium]:
    """The machine's own Chromium, once for all tests."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser_program, args=["--no-sandbox"])
        held = Chromium(started)
        asyncio._set_running_loop(None)  # noqa: SLF001
        yield held
        asyncio._set_running_loop(held._loop)  # noqa: SLF001
        started.close()


@pytest.fixture
def browser_page(browser: Chromium, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A page of its own on the live server (`page.goto("/fr/…")`); an error of the console fails the test."""
    # While the page is used Django would take this thread for asynchronous code and refuse to read the database.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    width, height = WIDTHS["wide"]
    said: list[str] = []
    with browser.awake() as started:
        context = started.new_context(base_url=live_server.url, viewport={"width": width, "height": height})
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        yield page
        context.close()
        connections.close_all()  # inside an event loop Django opens a link of its own, which nothing else would close
    wrong = [text for text in said if "Failed to load resource" not in text]  # a 403 or 404 that the test itself asked
    assert not wrong, f"the browser complains: {wrong}"  # noqa: S101


def sign_in(page: Page, email: str, *, second_factor: bool = True) -> None:
    """Open a session for the account of this address, as if it had just shown its password and its second factor."""
    account = Account.objects.get(email=email)
    if second_factor and not Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(account, generate_totp_secret())
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    request = HttpRequest()
    request.session = session
    record_authentication(request, account, "password", email=email, reauthenticated=True)
    session.save()
    name, value = settings.SESSION_COOKIE_NAME, str(session.session_key)
    page.context.add_cookies([{"name": name, "value": value, "domain": "localhost", "path": "/"}])


def axe(page: Page, *, contrast: bool = True) -> list[dict[str, Any]]:
    """What an accessibility audit (WCAG 2.2 AA and good practice) finds wrong in the page as it stands.

    `contrast` is three quarters of its time; whoever looks at a page in several languages may ask it once.
    """
    rules = {} if contrast else {"color-contrast": {"enabled": False}}
    found = Axe().run(page, options={"resultTypes": ["violations"], "rules": rules})
    violations: list[dict[str, Any]] = found.response["violations"]
    return [
        {"rule": each["id"], "help": each["help"], "where": [node["target"] for node in each["nodes"]]}
        for each in violations
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window; 0 when nothing sticks out."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def in_both_directions(address: str) -> list[str]:
    """The addresses of a page in French and in Arabic, given in French: `/fr/…`."""
    return [f"/{language}/{address.removeprefix('/fr/')}" for language in LANGUAGES]
