"""What tests of pages share."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from minassa.web.testing import browser, browser_page

__all__ = ["browser", "browser_page", "static_folder"]


@pytest.fixture(autouse=True, scope="session")
def static_folder() -> None:
    """The folder of collected files, which the server warns about when it is not there."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
