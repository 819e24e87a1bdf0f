"""A home of its own for each test, an invented firm and someone who prepares its declarations."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from minassa.registry.models import Enterprise
from minassa.registry.public import Actor
from tests.intake.firms import firm, mandated
from tests.web.deposits.browsing import signed_in


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    settings.MINASSA_HOME = folder
    settings.MINASSA_FILES = folder / "files"
    settings.STATIC_ROOT = tmp_path / "static"
    (tmp_path / "static").mkdir()
    return folder


@pytest.fixture
def enterprise(db: None) -> Enterprise:  # noqa: ARG001 (it must be there first)
    return firm()


@pytest.fixture
def preparer(enterprise: Enterprise) -> Actor:
    return mandated(enterprise)


@pytest.fixture
def browser_of(preparer: Actor) -> Client:
    """A browser in which the preparer is signed in."""
    return signed_in(preparer)
