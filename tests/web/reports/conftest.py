"""A workspace whose latest run is that of the small invented country, and who reads its reports."""

from __future__ import annotations

from tests.web.indicators.conftest import as_role
from tests.web.public.conftest import published, workspace

__all__ = ["as_role", "published", "workspace"]
