from __future__ import annotations

import pytest

from tests.ledger.world import World, make_world


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001
    return make_world()
