from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.onestop.world import World, make_world


@pytest.fixture
def world(db: None, settings: Settings, tmp_path: Path) -> World:  # noqa: ARG001
    settings.MINASSA_FILES = tmp_path
    return make_world()
