from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.vocabulary.rates import BASIS_POINTS, format_rate

SPACE = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("rate", "written"),
    [(1_700, "17"), (350, "3,5"), (1, "0,01"), (2_109, "21,09"), (0, "0"), (-50, "\N{MINUS SIGN}0,5"), (10_000, "100")],
)
def test_rates_are_written_the_french_way(rate: int, written: str) -> None:
    assert format_rate(rate) == f"{written}{SPACE}%"


@given(st.integers(min_value=0, max_value=10**7))
def test_no_basis_point_is_lost(rate: int) -> None:
    written = format_rate(rate).removesuffix(f"{SPACE}%").replace(",", ".")
    assert Fraction(written) / 100 == Fraction(rate, BASIS_POINTS)
