"""A home of its own for each test: its lake, its key, its kept files."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    settings.MINASSA_HOME = folder
    settings.MINASSA_FILES = folder / "files"
    return folder


@pytest.fixture
def committed(transactional_db: None) -> None:  # noqa: ARG001 (it must be there first)
    """A database where transactions end for good; at the end it is emptied, the journal too, which only tests may."""
    with connection.cursor() as cursor:
        cursor.execute("SET minassa.may_truncate = 'yes'")
