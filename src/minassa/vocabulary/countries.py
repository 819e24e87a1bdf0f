"""Markets abroad by their ISO 3166-1 alpha-2 code, with the names of CLDR."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from babel import Locale

HOME: Final = frozenset({"MA", "EH"})
"""Morocco, its southern provinces included: no market abroad."""
NOT_COUNTRIES: Final = frozenset(
    ("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ")
)
"""Groups of countries, codes that CLDR made up, and codes that are reserved: none is a country of ISO 3166-1."""
_CODE: Final = re.compile(r"[A-Z]{2}")


@cache
def markets_abroad(language: str = "fr") -> dict[str, str]:
    """The name of every market abroad by its code, in the order of codes."""
    names = {str(code): str(name) for code, name in Locale(language).territories.items()}
    left_out = HOME | NOT_COUNTRIES
    return {code: names[code] for code in sorted(names) if _CODE.fullmatch(code) and code not in left_out}


def market_name(code: str, language: str = "fr") -> str:
    """The name of a market; its code when nobody names it."""
    return markets_abroad(language).get(code, code)
