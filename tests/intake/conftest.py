"""A home of its own for each test: its lake, its key, its kept files."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def home(settings: SettingsWrapper, tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    settings.MINASSA_HOME = folder
    settings.MINASSA_FILES = folder / "files"
    return folder
