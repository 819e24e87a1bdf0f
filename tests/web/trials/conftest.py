"""A workspace whose latest run is that of the small invented country, as the public pages have it."""

from tests.web.public.conftest import published, workspace

__all__ = ["published", "workspace"]
