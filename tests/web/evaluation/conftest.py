"""A workspace whose run was evaluated, with the countries whose effect is known beside."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from minassa.entitlements.runs import runs_in
from minassa.steering.evaluations.making import evaluate
from tests.web.indicators.conftest import as_role
from tests.web.public.conftest import published, unpublished, workspace

__all__ = ["as_role", "published", "unpublished", "workspace"]


@pytest.fixture(scope="session")
def evaluated_home(workspace: Path) -> Path:
    """The folder of the run, evaluated once for all tests."""
    evaluate(workspace, runs_in(workspace / "runs")[-1], synthetic=True)
    return workspace


@pytest.fixture
def evaluated(settings: Settings, evaluated_home: Path) -> Path:
    """The pages read that workspace."""
    settings.MINASSA_HOME = evaluated_home
    return evaluated_home
