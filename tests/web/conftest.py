"""What tests of pages share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from minassa.web.testing import browser, browser_page

__all__ = ["browser", "browser_page", "french_again"]

# The server warns about a folder of collected files that is not there, as soon as a module of tests loads it.
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def french_again() -> Iterator[None]:
    """A page asked for in another language leaves it to the thread: the next test begins in French."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.deactivate()
