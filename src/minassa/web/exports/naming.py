"""Markets, currencies, segments and quarters in words."""

from __future__ import annotations

from typing import Final

from babel.numbers import get_currency_name
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minassa.outlook.export.stated import Dimension
from minassa.vocabulary.countries import market_name
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import MONTHS_A_YEAR, year_of
from minassa.web.public.pages import language

QUARTER: Final = 3
"""Months."""
SEGMENTS: Final[dict[str, str | Promise]] = {
    "offshoring": _("Offshoring"),
    "solutions": _("Solutions des PME"),
    "startups": _("Start-up à l'international"),
}
DIMENSIONS: Final[dict[Dimension, str | Promise]] = {
    Dimension.MARKET: _("Marché"),
    Dimension.SEGMENT: _("Segment"),
    Dimension.FILIERE: _("Filière"),
    Dimension.CURRENCY: _("Devise"),
}


def part_words(dimension: Dimension, name: str) -> str:
    """A part along a dimension, in the language of the page."""
    if dimension == Dimension.MARKET:
        return market_name(name, language())
    if dimension == Dimension.CURRENCY:
        return str(get_currency_name(name, locale=language()))
    if dimension == Dimension.FILIERE:
        return Filiere(int(name)).label(language())
    return str(SEGMENTS[name])


def quarter_words(last_month: int) -> str:
    """A quarter by its last month: `2026-T3`, the same in every language."""
    return f"{year_of(last_month)}-T{last_month % MONTHS_A_YEAR // QUARTER + 1}"
