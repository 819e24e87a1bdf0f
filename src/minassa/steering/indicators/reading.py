"""Indicators read from the small table: filtered, added up by month, since June 2025 or by year; their status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import polars as pl

from minassa.entitlements.firm_months import BASE_MONTH
from minassa.outlook.disclosure.parameters import control
from minassa.outlook.trajectory import region_of_place
from minassa.steering.indicators.catalogue import Frequency, Indicator
from minassa.steering.indicators.cube import KEYS, MONTHS, RANK
from minassa.vocabulary.statuses import Status, rank

BY_RANK: Final = tuple(Status)
Sums = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked at: a filière, a region, a place, a class of firms (None: all), months from one to another."""

    filiere: int | None = None
    region: int | None = None
    place: int | None = None
    size: int | None = None
    since: int | None = None
    until: int | None = None

    @property
    def cut(self) -> dict[str, int]:
        """The dimensions that are narrowed, with the value kept."""
        told = {"filiere": self.filiere, "region": self.region, "place": self.place, "size": self.size}
        return {name: value for name, value in told.items() if value is not None}

    def of(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        """The rows of a frame with filière, place and size that are looked at, whatever their month."""
        for name, value in self.cut.items():
            rows = rows.filter((region_of_place() if name == "region" else pl.col(name)) == value)
        return rows

    def keeps(self, period: int) -> bool:
        """Whether a period, told by its last month, is looked at."""
        return (self.since is None or period >= self.since) and (self.until is None or period <= self.until)


@dataclass(frozen=True, slots=True)
class Point:
    """The value of an indicator for a period (its last month, an index); None when it is not known."""

    period: int
    value: int | None
    status: Status


class Reading:
    """The sums of one table under some filters, ready for any indicator."""

    def __init__(self, cube: pl.DataFrame, filters: Filters) -> None:
        """`cube` is that of `cube_of`; nothing is added up before it is asked."""
        self._cube = cube
        self.filters = filters
        self.last = max(cube["month"].to_list(), default=0)

    @cached_property
    def months(self) -> pl.DataFrame:
        """The sums of each month; null where no source tells anything."""
        kept = self.filters.of(self._cube.lazy())
        return kept.group_by("month").agg(added(self._cube.columns)).sort("month").collect()

    @cached_property
    def _by_frequency(self) -> dict[Frequency, list[dict[str, Any]]]:
        names = [name for name in self.months.columns if name not in KEYS]
        so_far = [
            pl.col(name).fill_null(0).cum_max() if name.startswith(RANK) else pl.col(name).fill_null(0).cum_sum()
            for name in names
        ]
        since = self.months.filter(pl.col("month") > BASE_MONTH).with_columns(so_far)
        total = self.months.with_columns(so_far)
        year = pl.min_horizontal(pl.col("month") // MONTHS * MONTHS + MONTHS - 1, pl.lit(self.last)).alias("month")
        years = self.months.group_by(year).agg(added(self.months.columns)).sort("month")
        frames = {
            Frequency.MONTH: self.months,
            Frequency.SINCE: since,
            Frequency.TOTAL: total,
            Frequency.YEAR: years,
        }
        return {frequency: frame.to_dicts() for frequency, frame in frames.items()}

    def points(self, indicator: Indicator, *, sees_persons: bool = True) -> list[Point]:
        """The values of an indicator of the run, oldest first; periods of which nothing is known are left out.

        Without `sees_persons`, periods in which too few persons stand behind the value are left out too.
        """
        rows = self._by_frequency[indicator.frequency]
        kept = rows if sees_persons else [row for row in rows if not tells_persons(indicator, row)]
        return points_of(indicator, ((row["month"], row) for row in kept), self)


def points_of(indicator: Indicator, rows: Iterable[tuple[int, Sums]], reading: Reading) -> list[Point]:
    """The values of an indicator for sums by period, those that the filters keep."""
    told = [
        Point(period, indicator.value(sums), status_of(indicator, sums))
        for period, sums in rows
        if reading.filters.keeps(period)
    ]
    return [one for one in told if one.value is not None]


def tells_persons(indicator: Indicator, sums: Sums) -> bool:
    """Whether too few persons stand behind the value of an indicator that tells an attribute of theirs."""
    if not indicator.persons:
        return False
    behind = sums.get(indicator.persons) or 0
    fewest = control().fewest_persons.value
    return 0 < behind < fewest * (MONTHS if indicator.frequency == Frequency.YEAR else 1)


def status_of(indicator: Indicator, sums: Sums) -> Status:
    """The weakest of the status of the definition and of those that the value rests on."""
    behind = sums.get(indicator.rank) if indicator.rank else None
    return BY_RANK[max(rank(indicator.status), behind or 0)]


def added(columns: Iterable[str]) -> list[pl.Expr]:
    """Sums that stay null when nothing at all is known, and the weakest of ranks."""
    return [
        pl.col(name).max()
        if name.startswith(RANK)
        else pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()).alias(name)
        for name in columns
        if name not in KEYS
    ]
