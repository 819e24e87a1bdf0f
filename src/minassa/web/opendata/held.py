"""The versions of the workspace, with the registers of the day written by the first to ask."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from minassa.steering.opendata.versions import Version, versions
from minassa.steering.public import latest_figures
from minassa.steering.registers.publishing import publish_registers

PUBLISHER = "Minassa"


def held() -> list[Version]:
    """Every version, the last first."""
    home = settings.MINASSA_HOME
    latest_figures(home)
    publish_registers(home, timezone.now(), synthetic=settings.MINASSA_DEMONSTRATION)
    return versions(home)


def version_named(name: str) -> Version | None:
    """A version by its name; None when there is none."""
    return next((one for one in versions(settings.MINASSA_HOME) if one.name == name), None)


def address(request: HttpRequest) -> str:
    """The whole address of the pages of open data, in the language of the page."""
    return request.build_absolute_uri(reverse("open-data"))
