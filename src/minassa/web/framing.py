"""What every page knows without asking: whether this is the demonstration, and which version runs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from minassa import __version__


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: `demonstration`, `version`."""
    return {"demonstration": settings.MINASSA_DEMONSTRATION, "version": __version__}
