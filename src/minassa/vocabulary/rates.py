"""Rates in whole basis points: 1,700 is 17 %."""

from __future__ import annotations

BASIS_POINTS = 10_000
"""The basis points of the whole: a rate of 100 %."""

_PER_CENT = 100


def format_rate(rate: int) -> str:
    """Write a rate in basis points as people read it in French: 350 gives `3,5 %` (narrow no-break space)."""
    sign = "\N{MINUS SIGN}" if rate < 0 else ""
    whole, hundredths = divmod(abs(rate), _PER_CENT)
    decimals = f",{hundredths:02d}".rstrip("0").rstrip(",")
    return f"{sign}{whole}{decimals}\N{NARROW NO-BREAK SPACE}%"
