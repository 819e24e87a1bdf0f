"""A small invented nation, computed once, and a world of people around the convention of one of its firms."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.claims.world import Declared, declared
from tests.conventions.recruits import Recruits, recruited
from tests.conventions.world import World, make


@pytest.fixture(scope="session")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Declared:
    return declared(tmp_path_factory.mktemp("conventions"))


@pytest.fixture
def world(db: None, settings: Settings, tmp_path: Path) -> World:  # noqa: ARG001
    settings.MINASSA_HOME = tmp_path / "home"
    settings.MINASSA_FILES = tmp_path / "home" / "files"
    return make()


@pytest.fixture(scope="session")
def recruits(tmp_path_factory: pytest.TempPathFactory) -> Recruits:
    return recruited(tmp_path_factory.mktemp("recruits"))
