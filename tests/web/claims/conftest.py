"""A platform with a small nation, two of its firms registered with people who act, and what they may claim."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.web.claims_world import Scene, make_scene


@pytest.fixture
def scene(db: None, settings: Settings, tmp_path: Path) -> Scene:  # noqa: ARG001
    settings.MINASSA_HOME = tmp_path / "home"
    settings.MINASSA_FILES = tmp_path / "home" / "files"
    return make_scene()
