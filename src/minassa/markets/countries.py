"""Markets by their ISO 3166-1 alpha-2 code, languages by their ISO 639-1 code; names are those of CLDR."""

from __future__ import annotations

from functools import cache
from typing import Final

from babel import Locale

_NOT_COUNTRIES: Final = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", "MA"})
"""Groups of countries, codes that CLDR made up, and Morocco, which is no market abroad."""
LANGUAGES: Final = ("fr", "en", "es", "de", "it", "pt", "nl", "ar")
"""Languages that a lead may ask for."""


@cache
def markets(language: str = "fr") -> dict[str, str]:
    """The name of every market by its code."""
    names = Locale(language).territories
    return {code: str(names[code]) for code in sorted(names) if code.isalpha() and code not in _NOT_COUNTRIES}


def market_name(code: str, language: str = "fr") -> str:
    """The name of a market; its code when nobody names it."""
    return markets(language).get(code, code)


def language_name(code: str, language: str = "fr") -> str:
    """The name of a language."""
    return str(Locale(language).languages.get(code, code))
