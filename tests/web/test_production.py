"""What the settings of a platform in service are, read by a process that is told it is one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ASKED = """
import json
from django.conf import settings
names = ("DEBUG", "MINASSA_DEMONSTRATION", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SECURE_SSL_REDIRECT")
names += ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SECURE_HSTS_SECONDS")
names += ("SESSION_COOKIE_PATH", "SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_PATH", "CSRF_COOKIE_DOMAIN")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = {"MINASSA_HOME": str(tmp_path_factory.mktemp("home")), "MINASSA_PRODUCTION": "1"}
    environment = {**os.environ, **home, "MINASSA_ADDRESS": "https://minassa.example"}
    command = (sys.executable, "-c", ASKED)
    done = subprocess.run(command, env=environment, cwd=Path.cwd(), capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_cookies_are_of_this_host_alone_over_https_alone(told: dict[str, Any]) -> None:
    for kind in ("SESSION", "CSRF"):
        assert told[f"{kind}_COOKIE_NAME"].startswith("__Host-")
        # Without these three, a browser refuses a cookie of such a name.
        assert told[f"{kind}_COOKIE_SECURE"]
        assert told[f"{kind}_COOKIE_PATH"] == "/"
        assert told[f"{kind}_COOKIE_DOMAIN"] is None
    assert told["SESSION_COOKIE_HTTPONLY"]


def test_pages_are_over_https_alone_and_nothing_is_invented(told: dict[str, Any]) -> None:
    assert told["SECURE_SSL_REDIRECT"]
    assert told["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert not told["DEBUG"]
    assert not told["MINASSA_DEMONSTRATION"]
