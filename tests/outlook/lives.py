"""Small synthetic countries that lived, shared by the tests of projections."""

from __future__ import annotations

from functools import cache

import polars as pl

from minassa.nation import lived
from minassa.outlook.projection.cells import Cells, cells_of
from minassa.vocabulary.periods import parse_month

START = parse_month("2025-01")
MONTHS = 54


@cache
def country(seed: int = 11) -> pl.DataFrame:
    """Firm-months of a country of 3,000 people over 54 months."""
    return lived(people=3_000, months=MONTHS, seed=seed, start_month=START)


@cache
def cells(seed: int = 11) -> Cells:
    """Its cells."""
    return cells_of(country(seed).lazy())
