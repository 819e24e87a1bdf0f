"""What every test shares: how Hypothesis draws, and where the browser is."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import HealthCheck, settings

# No deadline: a busy machine is not a wrong result. No memory of earlier failures: what fails must fail for everyone.
settings.register_profile("minassa", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("minassa")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser_program() -> str:
    """Path of the machine's own Chromium, for Playwright's `executable_path`; without one the test is skipped."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("NO BROWSER ON THIS MACHINE: pages are not looked at. Install Debian's package `chromium`.")
    return found
