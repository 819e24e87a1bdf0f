"""How exactly a tax is held before the one rounding at the end of its computation."""

from __future__ import annotations

from minassa.vocabulary.rates import BASIS_POINTS

MONTHS = 12
PARTS = MONTHS * BASIS_POINTS
"""Parts of a centime: a rate in basis points leaves ten-thousandths, a yearly ceiling shared by month twelfths."""
EXACT = "cents/120000"
"""Unit of what is held in such parts."""
ROUNDING = "minassa-default#arrondi"
"""No text seen says how an amount is rounded: to the nearest centime, the half upward."""
