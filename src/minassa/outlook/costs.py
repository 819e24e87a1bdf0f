"""What a reform costs each year until 2030: declared, then prolonged by headcount, with what the interval covers.

A measure is prolonged by what it gave per job: its amount of a year over the mean headcount of that year. The point is
the last year told, times the headcount projected; the interval goes from the least of the years told times the low
bound of the headcount to the most times the high one. With one year told the interval covers the headcount alone. What
no interval here covers: a change of pay, of place, of conduct, and the choice of the method.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from minassa.engine import Offer
from minassa.entitlements.spells import STABILITY_MONTHS
from minassa.outlook.outcome import Outcome
from minassa.outlook.projection.cells import cells_of
from minassa.outlook.projection.growth import HistoryTooShort
from minassa.outlook.projection.method import method
from minassa.outlook.projection.projecting import projection
from minassa.outlook.targets import targets
from minassa.vocabulary.periods import MONTHS_A_YEAR, year_of
from minassa.vocabulary.rounding import Direction, divide

FIRST_YEAR: Final = 2025
COVERED: Final = 80
"""Per cent of past errors that the band of headcounts would have covered."""
ROUNDING: Final = "minassa-default#prolongement"


@dataclass(frozen=True, slots=True)
class Staffing:
    """The headcount of a year, its monthly values added up: as known or projected, and the bounds of the band."""

    point: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Amount:
    """Centimes: the point, the bounds."""

    point: int
    low: int
    high: int

    def __add__(self, other: Amount) -> Amount:
        """Points and bounds added up: the interval of a sum is at the most the sum of the intervals."""
        return Amount(self.point + other.point, self.low + other.low, self.high + other.high)


@dataclass(frozen=True, slots=True)
class YearCost:
    """A year of all measures: today's offer, the reform, the difference; `declared`: the run holds all of it."""

    year: int
    base: Amount
    reformed: Amount
    difference: Amount
    declared: bool


def staffing(firm_months: pl.LazyFrame) -> dict[int, Staffing]:
    """Each year from 2025 on, as long as the programme lasts; none to come when the history is too short to project."""
    heads = firm_months.group_by("month").agg(pl.col("headcount_month").sum().cast(pl.Float64).alias("point"))
    months = heads.select("month", "point", low="point", high="point").collect()
    try:
        made = projection(cells_of(firm_months), targets().milestones[-1].month, method())
    except HistoryTooShort:
        made = None
    if made is not None and made.height:
        ahead = made.filter(pl.col("level") == "nation").select(
            "month",
            point="headcount",
            low=pl.col(f"low_{COVERED}").fill_null(pl.col("headcount")),
            high=pl.col(f"high_{COVERED}").fill_null(pl.col("headcount")),
        )
        months = pl.concat([months, ahead], how="vertical_relaxed")
    years = months.group_by((pl.col("month") // MONTHS_A_YEAR).alias("year")).agg(
        pl.len().alias("months"), *(pl.col(name).sum().round().cast(pl.Int64) for name in ("point", "low", "high"))
    )
    whole = years.filter((pl.col("months") == MONTHS_A_YEAR) & (pl.col("year") >= FIRST_YEAR)).sort("year")
    return {year: Staffing(point, low, high) for year, _months, point, low, high in whole.iter_rows()}


def whole_since(offer: Offer, measure: str, grain: str) -> int:
    """The first year that a measure is in force for whole; a premium on hires, eighteen months later."""
    starts = min(rule.starts for rule in offer.rules if rule.name == f"{measure}_amount")
    first = starts + STABILITY_MONTHS - 1 if grain == "hire" else starts
    return year_of(first - 1) + 1


def costs(outcome: Outcome, years: Mapping[int, Staffing], until: int, since: Mapping[str, int]) -> list[YearCost]:
    """Each year that can be told, in order. `until`: last month known; `since`: first whole year of each measure."""
    last = (until + 1) // MONTHS_A_YEAR - 1
    told = {measure: _told(outcome, measure, years, until) for measure in outcome.measures}
    used = {measure: [y for y in one if y >= since[measure]] or list(one) for measure, one in told.items()}
    found = []
    for year in sorted(years):
        parts = [_year(told[measure], used[measure], years, year) for measure in outcome.measures]
        base, reformed, difference = (_sum(each[rank] for each in parts) for rank in range(3))
        found.append(YearCost(year, base, reformed, difference, declared=year <= last))
    return found


def years_told(
    outcome: Outcome, years: Mapping[int, Staffing], until: int, since: Mapping[str, int]
) -> dict[str, list[int]]:
    """By measure, the years from which the next ones are prolonged: one year alone says nothing of its spread."""
    told = {measure: _told(outcome, measure, years, until) for measure in outcome.measures}
    return {measure: [y for y in one if y >= since[measure]] for measure, one in told.items()}


def _told(outcome: Outcome, measure: str, years: Mapping[int, Staffing], until: int) -> dict[int, tuple[int, int]]:
    """By year, what a measure gives today and under the reform, of the years that the declarations tell whole.

    A measure that has its own forecast is told as far as it goes: hires of today fall due eighteen months on.
    """
    last = (until + 1) // MONTHS_A_YEAR - 1
    rows = outcome.years[measure].select("year", "base", "reformed").iter_rows()
    found = {year: (base, reformed) for year, base, reformed in rows if year in years and year <= last}
    horizon = year_of(until + STABILITY_MONTHS) - 1
    expected = outcome.expected[measure]
    return found | {year: sums for year, sums in expected.items() if year in years and last < year <= horizon}


def _year(
    told: Mapping[int, tuple[int, int]], used: Sequence[int], years: Mapping[int, Staffing], year: int
) -> list[Amount]:
    """A measure in a year: today, under the reform, the difference."""
    if year in told:
        base, reformed = told[year]
        return [Amount(one, one, one) for one in (base, reformed, reformed - base)]
    before = [y for y in used if y < year and years[y].point]
    series = [(told[y][0], told[y][1], told[y][1] - told[y][0]) for y in before]
    return [_prolonged([one[rank] for one in series], before, years, year) for rank in range(3)]


def _prolonged(cents: Sequence[int], before: Sequence[int], years: Mapping[int, Staffing], year: int) -> Amount:
    """Centimes of a year to come, from what each year told gave per job; nothing when none is told."""
    if not cents:
        return Amount(0, 0, 0)
    heads = years[year]
    told = list(zip(cents, (years[y].point for y in before), strict=True))
    ends = [_scaled(one, bound, of) for one, of in told for bound in (heads.low, heads.high)]
    return Amount(_scaled(told[-1][0], heads.point, told[-1][1]), min(ends), max(ends))


def _scaled(cents: int, heads: int, of: int) -> int:
    sign = -1 if cents < 0 else 1
    return sign * divide(abs(cents) * heads, of, Direction.HALF_UP, ROUNDING)


def _sum(amounts: Iterable[Amount]) -> Amount:
    total = Amount(0, 0, 0)
    for one in amounts:
        total += one
    return total
