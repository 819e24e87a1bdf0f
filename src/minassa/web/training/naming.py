"""Words of training: kinds of providers, regions, months, in the language of the page."""

from __future__ import annotations

from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from minassa.vocabulary.periods import format_month
from minassa.vocabulary.regions import region

PROVIDERS: Final = {
    "ofppt": _("OFPPT"),
    "university": _("université"),
    "jobintech": _("JobInTech"),
    "code212": _("Code 212"),
    "talent_factory": _("Talent Factory"),
    "alternance": _("alternance"),
    "reconversion": _("reconversion"),
    "other": _("autre organisme"),
}


def language() -> str:
    """The language of the page: `fr`, `ar` or `en`."""
    return (get_language() or "fr")[:2]


def region_name(number: int) -> str:
    """The name of a region by its number of HCP, in the language of the page."""
    return str(getattr(region(number), f"name_{language()}"))


def month_text(month: int) -> str:
    """A month index as `AAAA-MM`."""
    return format_month(month)
