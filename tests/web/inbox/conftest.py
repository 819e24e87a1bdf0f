from __future__ import annotations

from tests.onestop.conftest import world  # noqa: F401
