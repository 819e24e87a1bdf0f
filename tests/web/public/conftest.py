"""A workspace whose latest run is that of the small invented country."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from minassa.steering.published import MILLION
from tests.steering.country import small_run


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one complete run, synthetic."""
    home = tmp_path_factory.mktemp("published")
    small_run(home / "runs" / "calcul-0001")
    told = {"scale_millionths": MILLION // 1000}
    (home / "synthetic.json").write_text(json.dumps(told), "utf-8")
    return home


@pytest.fixture
def published(settings: Settings, workspace: Path) -> Path:
    """The pages read the figures of that workspace."""
    settings.MINASSA_HOME = workspace
    return workspace


@pytest.fixture
def unpublished(settings: Settings, tmp_path: Path) -> Path:
    """The pages read a workspace in which nothing was run yet."""
    settings.MINASSA_HOME = tmp_path
    return tmp_path
