"""The workspace of the public pages."""

from __future__ import annotations

from tests.web.public.conftest import published, unpublished, workspace

__all__ = ["published", "unpublished", "workspace"]
