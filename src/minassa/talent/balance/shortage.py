"""Occupations in shortage: cells of the cube of gaps that meet criteria told beforehand, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from minassa.talent.balance.unit_groups import unit_groups
from minassa.vocabulary.rates import BASIS_POINTS

COLUMNS: Final = ("occupation", "region", "month", "before", "tension", "sure", "gap", "low_80", "high_80")


@dataclass(frozen=True, slots=True)
class Criteria:
    """When an occupation is in shortage in a region.

    `scenario` of the cube; `least_tension`: class of tension, 1 to 5; `least_sure`: share of draws in that class, in
    basis points; `least_gap`: people, the lower bound of the 80 % interval; `fewest_persons`: in post before.
    """

    scenario: str
    least_tension: int
    least_sure: int
    least_gap: int
    fewest_persons: int


def shortage(cube: pl.DataFrame, criteria: Criteria) -> pl.DataFrame:
    """The cells in shortage in the first year of a cube: `COLUMNS`, the tensest first. Titles unrecognised are none."""
    of_first_year = cube.filter(
        pl.col("grain") == "occupation_region",
        pl.col("scenario") == criteria.scenario,
        pl.col("month") == pl.col("month").min(),
        pl.col("occupation").is_in(sorted(unit_groups())),
    )
    found = of_first_year.filter(
        pl.col("before") >= criteria.fewest_persons,
        pl.col("tension") >= criteria.least_tension,
        pl.col("sure") * BASIS_POINTS >= criteria.least_sure,
        pl.col("low_80") >= criteria.least_gap,
    )
    return found.select(COLUMNS).sort(
        pl.col("tension"),
        pl.col("gap") / pl.col("before"),
        pl.col("occupation"),
        pl.col("region"),
        descending=[True, True, False, False],
    )
