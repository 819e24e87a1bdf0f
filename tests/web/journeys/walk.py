"""A person who walks through the pages, and looks at each one: axe, width, picture. All people are invented."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from minassa.web.testing import WIDTHS, axe, overflow, sign_in
from tests.web.journeys.languages import WHOLE

PICTURES = os.environ.get("MINASSA_TEST_PICTURES", "")
AUDITED = "wide"
"""At which width a step of a walk is audited; every page is, at both, by `tests.web.every_page`."""
PASSWORD = "une phrase assez longue"


@dataclass
class Walk:
    """One walk in one language; `wrong` gathers what was found wrong on the way."""

    page: Page
    language: str
    wrong: list[str] = field(default_factory=list)
    seen: int = 0

    def go(self, address: str) -> None:
        answer = self.page.goto(address.replace("/fr/", f"/{self.language}/", 1))
        assert answer is not None, address
        assert answer.ok, f"{answer.status} {address}"

    def look(self, name: str) -> None:
        """Look at the page as it stands, wide then on a phone."""
        self.seen += 1
        for width, (across, down) in WIDTHS.items():
            self.page.set_viewport_size({"width": across, "height": down})
            found = axe(self.page) if WHOLE or width == AUDITED else []
            self.wrong += [f"{name} {self.language} {width}: {each}" for each in found]
            if overflow(self.page):
                self.wrong.append(f"{name} {self.language} {width}: {overflow(self.page)} px too wide")
            if PICTURES:
                Path(PICTURES).mkdir(parents=True, exist_ok=True)
                shot = Path(PICTURES) / f"{self.seen:02}-{name}-{self.language}-{width}.png"
                self.page.screenshot(path=shot, full_page=True)
        across, down = WIDTHS["wide"]
        self.page.set_viewport_size({"width": across, "height": down})

    def visit(self, address: str, name: str) -> None:
        self.go(address)
        self.look(name)

    def become(self, email: str) -> None:
        """Leave, and come back as someone else."""
        self.page.context.clear_cookies()
        sign_in(self.page, email)

    def press(self, selector: str) -> None:
        """Press what sends a form, and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.click(selector)

    def enter_by_invitation(self, address: str, name: str) -> None:
        """Open an account by its invitation, then its second factor with the code that the demonstration shows."""
        self.go(address)
        self.look("invitation")
        self.page.fill("#id_full_name", name)
        self.page.fill("#id_password", PASSWORD)
        self.page.select_option("#id_language", self.language)
        self.press("main form button[type=submit]")
        if "reauthenticate" in self.page.url:
            self.page.fill("#id_password", PASSWORD)
            self.press("main form button[type=submit]")
        assert "totp/activate" in self.page.url, self.page.url
        self.look("second-factor")
        code = self.page.inner_text("main .notice bdi")
        self.page.fill("#id_code", code)
        self.press("main form button[type=submit]")
