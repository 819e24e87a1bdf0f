"""What the staff registers show: who holds which occupation where, who left the sector in a year, who came in.

A stay is a person in a firm. Leaving a firm for another of the sector is neither an exit nor an entry.
"""

from __future__ import annotations

from typing import Final

import polars as pl

YEAR: Final = 12
LINE: Final = ("filiere", "occupation", "region", "level")
STAY: Final = ("person", *LINE, "birth_year", "hired_month", "left_month")
NEAR_RETIREMENT: Final = 2
"""Years before the age of the pension from which a departure is a retirement."""
LEAST_EXPOSED: Final = 200
"""People in post in a filière below which its rate of exits is not measured."""


def in_post(stays: pl.DataFrame, month: int) -> pl.DataFrame:
    """The person-stays held at the end of a month: one row per person, the stay begun last; columns of `STAY`."""
    held = (pl.col("hired_month") <= month) & (pl.col("left_month").is_null() | (pl.col("left_month") > month))
    return stays.filter(held).sort("person", "hired_month", *LINE).unique("person", keep="last", maintain_order=True)


def stocks(stays: pl.DataFrame, month: int) -> pl.DataFrame:
    """People in post at the end of a month by line: `LINE` and `people`, in order."""
    return in_post(stays, month).group_by(LINE).agg(people=pl.len().cast(pl.Float64)).sort(LINE)


def flows(stays: pl.DataFrame, month: int, retirement_age: int) -> pl.DataFrame:
    """What became of each line in the twelve months to a month.

    Columns: `LINE`, `before`, `after`, `retired`, `left`, `entered`. `retired` and `left` were in post twelve months
    before and are nowhere in the sector now, by the line they held; `entered` are in post and were nowhere. `after` is
    `before` less exits plus entries plus moves between lines.
    """
    then, now = in_post(stays, month - YEAR), in_post(stays, month)
    out = then.join(now.select("person"), on="person", how="anti")
    age = pl.lit(month // YEAR) - pl.col("birth_year")
    old = (pl.col("birth_year") > 0) & (age >= retirement_age - NEAR_RETIREMENT)
    counted = {
        "before": then,
        "after": now,
        "retired": out.filter(old),
        "left": out.filter(~old),
        "entered": now.join(then.select("person"), on="person", how="anti"),
    }
    parts = [table.group_by(LINE).agg(pl.len().alias(name)) for name, table in counted.items()]
    joined = pl.concat([part.unpivot(index=list(LINE)) for part in parts])
    sums = [pl.col("value").filter(pl.col("variable") == name).sum().cast(pl.Float64).alias(name) for name in counted]
    return joined.group_by(LINE).agg(sums).sort(LINE)


def openings(flow: pl.DataFrame) -> pl.DataFrame:
    """The posts that were to fill in those twelve months by line: `LINE`, `expansion`, `replacement`, `openings`."""
    return flow.select(
        *LINE,
        expansion=pl.col("after") - pl.col("before"),
        replacement=pl.col("retired") + pl.col("left"),
        openings=pl.col("after") - pl.col("before") + pl.col("retired") + pl.col("left"),
    )


def exit_counts(flow: pl.DataFrame) -> dict[int, tuple[float, float, float]]:
    """By filière: people in post twelve months before, retired, left; filières with too few people are left out."""
    sums = flow.group_by("filiere").agg(pl.col("before", "retired", "left").sum())
    rows = sums.filter(pl.col("before") >= LEAST_EXPOSED).sort("filiere").iter_rows()
    return {int(filiere): (float(before), float(retired), float(left)) for filiere, before, retired, left in rows}
