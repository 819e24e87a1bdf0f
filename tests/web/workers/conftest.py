"""The world of the tests of claims."""

from __future__ import annotations

from tests.web.claims.conftest import scene

__all__ = ["scene"]
