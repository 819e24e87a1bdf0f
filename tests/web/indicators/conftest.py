"""A workspace whose latest run is that of the small invented country, and who looks at its indicators."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.onestop.world import make_world
from tests.web.cases.people import client_of
from tests.web.home.test_home import holder
from tests.web.public.conftest import published, workspace

__all__ = ["published", "workspace"]


@pytest.fixture
def as_role(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Callable[[str, str], Client]:
    """A client signed in with a role in a body."""
    for needed in ("db", "published"):
        request.getfixturevalue(needed)
    settings.MINASSA_FILES = tmp_path / "files"
    make_world()
    return lambda role, body: client_of(holder(role, body).email.partition("@")[0])
