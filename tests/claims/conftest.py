"""A small invented nation, computed once, its firms registered, and the people who act on their claims."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from minassa.entitlements.runs import Run
from tests.claims.world import Declared, World, declared, make_world


@pytest.fixture(scope="session")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Declared:
    return declared(tmp_path_factory.mktemp("claims"))


@pytest.fixture
def world(db: None, settings: Settings, tmp_path: Path, nation: Declared) -> World:  # noqa: ARG001
    settings.MINASSA_HOME = tmp_path / "home"
    settings.MINASSA_FILES = tmp_path / "home" / "files"
    return make_world()


@pytest.fixture
def made(nation: Declared) -> Run:
    return nation.late
