"""The invented country of the tests of indicators, and who looks at it."""

from __future__ import annotations

from tests.web.indicators.conftest import as_role, published, workspace

__all__ = ["as_role", "published", "workspace"]
