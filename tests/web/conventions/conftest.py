"""A platform with a small nation, and the conventions of one of its firms."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.web.claims_world import Scene, make_scene
from tests.web.conventions_world import Conventions, make_conventions
from tests.web.money_world import payers


@pytest.fixture
def scene(db: None, settings: Settings, tmp_path: Path) -> Scene:  # noqa: ARG001
    settings.MINASSA_HOME = tmp_path / "home"
    settings.MINASSA_FILES = tmp_path / "home" / "files"
    return make_scene()


@pytest.fixture
def made(scene: Scene) -> Conventions:
    payer, _chief = payers()
    return make_conventions(scene.firm, scene.actor("secretariat"), scene.actor("sign"), payer, timezone.now())
