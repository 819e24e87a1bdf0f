from __future__ import annotations

from tests.claims.conftest import nation, world  # noqa: F401
