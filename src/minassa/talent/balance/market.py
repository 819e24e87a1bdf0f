"""A labour market as the balance takes it: who is in post, where headcounts go, who leaves, who arrives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.talent.balance.observed import LINE, YEAR
from minassa.talent.balance.parameters import Ranged

Table = NDArray[np.float64]
PAIR: Final = ("filiere", "region")
ROAD: Final = (*PAIR, "month", "jobs", "deviation")
GRADUATES: Final = ("field", "region", "level", "month", "graduates")


def no_graduates() -> pl.DataFrame:
    """The frame of graduates where no cohort is known."""
    kinds = (pl.String, pl.Int32, pl.Int32, pl.Int32, pl.Float64)
    return pl.DataFrame(schema=dict(zip(GRADUATES, kinds, strict=True)))


@dataclass(frozen=True)
class Market:
    """A market at the end of `month` (an index), to be balanced for each twelve months after it.

    `staff`: `LINE` and `people`, whom the registers show. `road`: `ROAD`, the headcount of each filière and region at
    `month` (deviation 0) and at `month` + 12, + 24…, with the scale of its error; `together`: the part of that variance
    that all share. `exits`: by filière, people exposed, retired, left, as counted. `observed`: `LINE`, `entered` and
    `openings` in the last twelve months. `graduates`: `GRADUATES`, expected in the twelve months to each month, the
    known one too.
    `scale`: people of the data for one of the country. `insertion`: by field, the share of graduates who enter, where
    it was measured. `more_may_come`: cohorts not told yet may graduate in the years to balance.
    """

    month: int
    staff: pl.DataFrame
    road: pl.DataFrame
    exits: Mapping[int, tuple[float, float, float]]
    observed: pl.DataFrame
    graduates: pl.DataFrame = field(default_factory=no_graduates)
    together: float = 0.0
    scale: float = 1.0
    insertion: Mapping[str, Ranged] = field(default_factory=dict)
    more_may_come: bool = False

    @cached_property
    def months(self) -> tuple[int, ...]:
        """The ends of the years to balance."""
        return tuple(m for m in self.road["month"].unique().sort().to_list() if m > self.month)

    @cached_property
    def lines(self) -> pl.DataFrame:
        """Every line with its people, brought to the headcount declared; where no register tells, as elsewhere.

        Columns: `LINE`, `people`, `entered`, `openings`, in order. A pair adds up to the road at `month`.
        """
        base = self.road.filter(pl.col("month") == self.month).select(*PAIR, "jobs")
        national = self.staff.group_by("filiere", "occupation", "level").agg(pl.col("people").sum())
        told = self.staff.join(base, on=PAIR, how="semi")
        silent = base.filter(pl.col("jobs") > 0).join(self.staff, on=PAIR, how="anti").select(PAIR)
        filled = silent.join(national, on="filiere").select(*LINE, "people")
        rows = pl.concat([told.select(*LINE, "people"), filled]).join(base, on=PAIR)
        whole = pl.col("people").sum().over(PAIR)
        scaled = rows.with_columns(people=pl.col("people") * pl.col("jobs") / whole).drop("jobs")
        seen = self.observed.select(*LINE, "entered", "openings")
        joined = scaled.join(seen, on=list(LINE), how="left")
        return joined.with_columns(pl.col("entered", "openings").fill_null(0.0)).sort(LINE)

    @cached_property
    def pairs(self) -> pl.DataFrame:
        """The filières and regions that have lines, in order."""
        return self.lines.select(PAIR).unique().sort(PAIR)

    @cached_property
    def pair_of(self) -> NDArray[np.int64]:
        """The rank of the pair of each line."""
        ranked = self.lines.join(self.pairs.with_row_index("rank"), on=PAIR, how="left", maintain_order="left")
        return ranked["rank"].to_numpy().astype(np.int64)

    @cached_property
    def within(self) -> Table:
        """Lines by pairs: 1 where the line is of the pair."""
        return np.eye(self.pairs.height)[self.pair_of]

    def along(self, column: str) -> Table:
        """`jobs` or `deviation` of the road: years by pairs, the year of `month` first."""
        asked = self.pairs.join(pl.DataFrame({"month": [self.month, *self.months]}), how="cross")
        found = asked.join(self.road.cast({"month": pl.Int64}), on=[*PAIR, "month"], how="left", maintain_order="left")
        values = found[column].fill_null(0.0).to_numpy().astype(np.float64)
        return values.reshape(self.pairs.height, -1).T

    @property
    def last_year(self) -> int:
        """The start of the twelve months that were observed."""
        return self.month - YEAR
