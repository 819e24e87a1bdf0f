from __future__ import annotations

import pytest

from tests.governance.world import Members, make_members


@pytest.fixture
def cto(db: None) -> Members:  # noqa: ARG001
    return make_members()
