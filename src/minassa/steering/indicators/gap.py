"""The change of jobs taken apart for a committee: by flow, by fate of firms, by filière and region; the pace needed.

All but the fate of firms is read from the small table: sums over its cells are sums over firms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from minassa.entitlements.runs import Run
from minassa.outlook.projection.gap import (
    MonthOutside,
    Needed,
    change_by_fate,
    change_by_flow,
    change_by_part,
    needed,
)
from minassa.outlook.targets import Scale, path
from minassa.outlook.trajectory import COUNTS
from minassa.steering.indicators.cube import firm_sizes
from minassa.steering.indicators.reading import Filters
from minassa.vocabulary.periods import parse_month

PARTS: Final = ("filiere", "region")


@dataclass(frozen=True, slots=True)
class Gap:
    """How the headcount changed from the end of a month to the end of another; `needed` for the whole country alone."""

    start: int
    end: int
    flows: Mapping[str, int]
    fates: Mapping[str, tuple[int, int]]
    parts: Mapping[str, list[dict[str, Any]]]
    needed: tuple[Needed, ...]

    @property
    def change(self) -> int:
        """Jobs gained or lost in all."""
        return sum(self.flows.values())


def level_jobs(month: int, scale: Mapping[str, int]) -> int | None:
    """Jobs that the promised path asks for at the end of a month; None before and after the programme.

    `scale` is that of published figures: how many `jobs` of the data stand for how many of the `country`.
    """
    found = path(Scale(scale["jobs"], scale["country"])).filter(pl.col("month") == month)["level_jobs"].to_list()
    return found[0] if found else None


def gap_of(run: Run, cube: pl.DataFrame, filters: Filters, figures: Mapping[str, Any] | None) -> Gap | None:
    """The change over the months looked at, the last year unless told; None where the data do not hold both months.

    `figures` are those published of the run: its projection and scale tell the pace needed for each milestone to come.
    """
    months = filters.of(cube.lazy()).rename({new: old for old, new in COUNTS.items()}).collect().lazy()
    end = min(filters.until or run.until, run.until)
    start = filters.since or end - 12
    if start >= end:
        return None
    try:
        flows = change_by_flow(months, start, end)
        parts = {name: change_by_part(months, name, start, end).to_dicts() for name in PARTS}
        fates = change_by_fate(_firms(run, filters, start, end), start, end)
    except MonthOutside:
        return None
    paces = () if filters.cut or figures is None else tuple(_paces(months, run.until, figures))
    return Gap(start, end, flows, fates, parts, paces)


def _firms(run: Run, filters: Filters, start: int, end: int) -> pl.LazyFrame:
    """The firms looked at in the two months; where nobody is left of a cell, its firms are still there."""
    both = run.table("firm_month").filter(pl.col("month").is_in([start, end]))
    names = ("affiliation", "month", "headcount_month", "place", "filiere")
    rows = both.select(names).join(firm_sizes(run).lazy(), on="affiliation", how="left")
    return filters.of(rows).collect().lazy()


def _paces(months: pl.LazyFrame, now: int, figures: Mapping[str, Any]) -> list[Needed]:
    scale = Scale(figures["scale"]["jobs"], figures["scale"]["country"])
    projected = {parse_month(row["month"]): row["headcount"] for row in figures["projection"]}
    ahead = [parse_month(row["month"]) for row in figures["path"]]
    return [needed(months, now, month, projected[month], scale) for month in ahead if month in projected]
