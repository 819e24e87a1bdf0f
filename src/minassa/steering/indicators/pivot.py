"""An indicator crossed by two dimensions, for one period: every cell and margin from its own sums, never from cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from minassa.entitlements.firm_months import BASE_MONTH
from minassa.outlook.trajectory import region_of_place
from minassa.steering.indicators.catalogue import Frequency, Indicator
from minassa.steering.indicators.cube import MONTHS
from minassa.steering.indicators.reading import Filters, added, status_of, tells_persons
from minassa.vocabulary.statuses import Status, weakest

YEAR: Final = "year"
DIMENSIONS: Final = ("filiere", "region", "place", "size", YEAR)
ALL: Final = -1
"""The value of a dimension in a margin."""
Key = tuple[int, int]


@dataclass(frozen=True)
class Crossed:
    """The values of an indicator by row and column (`ALL`: a margin), and the weakest status behind them.

    `hidden` cells tell too few persons, or would let such a one be worked out.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    values: Mapping[Key, int | None]
    status: Status
    hidden: frozenset[Key] = field(default=frozenset())

    def value(self, row: int, column: int) -> int | None:
        """A value; None where nothing is known, or where it is not told."""
        return None if (row, column) in self.hidden else self.values.get((row, column))


def crossed(
    cube: pl.DataFrame,
    one: Indicator,
    filters: Filters,
    period: int,
    by: tuple[str, str],
    *,
    sees_persons: bool,
) -> Crossed:
    """An indicator at the end of a period (a month index) by a row and a column of `DIMENSIONS` ("" for no column).

    By year, a column or a row is the state at the end of that year, or of the period in its own. Without `sees_persons`
    cells that tell too few persons are hidden, and others so that none can be worked out from a margin.
    """
    rows = filters.of(cube.lazy()).with_columns(region_of_place().alias("region"))
    periods = _year_ends(cube, period) if YEAR in by else [period]
    values: dict[Key, int | None] = {}
    telling: set[Key] = set()
    statuses = {one.status}
    for end in periods:
        known = _known(rows, one.frequency, end).collect()
        for margin in _margins(by, last=end == periods[-1]):
            for row in known.group_by(margin or pl.lit(0).alias("whole")).agg(added(cube.columns)).to_dicts():
                key = (_at(by[0], margin, row, end), _at(by[1], margin, row, end))
                values[key] = one.value(row)
                statuses.add(status_of(one, row))
                if not sees_persons and tells_persons(one, row):
                    telling.add(key)
    shown = {key: value for key, value in values.items() if value is not None}
    lines = tuple(sorted({row for row, _column in shown if row != ALL}))
    columns = tuple(sorted({column for _row, column in shown if column != ALL}))
    return Crossed(lines, columns, values, weakest(statuses), frozenset(_covered(shown, telling)))


def _year_ends(cube: pl.DataFrame, period: int) -> list[int]:
    years = sorted({month // MONTHS for month in cube["month"].to_list() if month <= period})
    return [min(year * MONTHS + MONTHS - 1, period) for year in years]


def _known(rows: pl.LazyFrame, frequency: Frequency, end: int) -> pl.LazyFrame:
    """The months that a value at the end of a period adds up."""
    month = pl.col("month")
    if frequency == Frequency.MONTH:
        return rows.filter(month == end)
    if frequency == Frequency.YEAR:
        return rows.filter(month <= end, month // MONTHS == end // MONTHS)
    return rows.filter(month <= end, month > (BASE_MONTH if frequency == Frequency.SINCE else 0))


def _margins(by: tuple[str, str], *, last: bool) -> list[list[str]]:
    """The groups to sum for one period: cells, then margins; over years, only the last period has a margin."""
    names = [name for name in by if name and name != YEAR]
    groups = [names, *([name] for name in names if len(names) > 1), []]
    found = [group for rank, group in enumerate(groups) if group not in groups[:rank]]
    return found if last or YEAR in by else []


def _at(name: str, margin: Sequence[str], row: Mapping[str, int | None], end: int) -> int:
    """Where a sum stands along a dimension."""
    if name == YEAR:
        return end // MONTHS
    value = row.get(name) if name in margin else None
    return ALL if value is None else int(value)


def _covered(values: Mapping[Key, int], telling: set[Key]) -> set[Key]:
    """What tells too few persons; in each line of cells where one alone is hidden, the next smallest too."""
    hidden = set(telling)
    changed = bool(hidden)
    while changed:
        changed = False
        for along in (0, 1):
            for line in {key[along] for key in hidden}:
                cells = [key for key in values if key[along] == line and ALL not in key]
                gone = [key for key in cells if key in hidden]
                left = sorted((key for key in cells if key not in hidden), key=lambda key: (abs(values[key]), key))
                if len(gone) == 1 and left:
                    hidden.add(left[0])
                    changed = True
    return hidden
