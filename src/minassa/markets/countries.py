"""Markets by their ISO 3166-1 alpha-2 code, languages by their ISO 639-1 code; names are those of CLDR."""

from __future__ import annotations

from typing import Final

from babel import Locale

from minassa.vocabulary.countries import market_name
from minassa.vocabulary.countries import markets_abroad as markets

__all__ = ["LANGUAGES", "language_name", "market_name", "markets"]

LANGUAGES: Final = ("fr", "en", "es", "de", "it", "pt", "nl", "ar")
"""Languages that a lead may ask for."""


def language_name(code: str, language: str = "fr") -> str:
    """The name of a language."""
    return str(Locale(language).languages.get(code, code))
