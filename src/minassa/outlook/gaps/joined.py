"""The markets of a run: its road, once for each scenario, with what its registers show of the last twelve months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import polars as pl

from minassa.outlook.gaps.road import SCENARIOS, road, told_without_past, years_ahead
from minassa.outlook.projection.cells import Cells
from minassa.outlook.projection.method import method
from minassa.outlook.targets import Scale, targets
from minassa.talent.balance.cohorts import by_year
from minassa.talent.balance.gaps import DRAWS, gaps
from minassa.talent.balance.market import Market
from minassa.talent.balance.observed import LINE, YEAR, exit_counts, flows, openings, stocks
from minassa.talent.balance.parameters import Parameters, Ranged
from minassa.talent.balance.tables import BalanceTables

TRIED: Final = (1, 2, 3)
"""Years back at which the past is tried."""


@dataclass(frozen=True)
class Joined:
    """What was joined: a market for each scenario, and the openings of past years as told and as they came."""

    markets: Mapping[str, Market]
    tried: pl.DataFrame


@dataclass(frozen=True)
class Known:
    """What no declaration gives: parameters and tables of the balance."""

    parameters: Parameters
    tables: BalanceTables


@dataclass(frozen=True)
class Graduated:
    """Graduates told so far, by the month of their diploma; by field, who of them comes, where it was measured."""

    graduates: pl.DataFrame
    insertion: Mapping[str, Ranged]


def joined(stays: pl.DataFrame, cells: Cells, scale: Scale, known: Known, trained: Graduated) -> Joined:
    """The markets of every scenario up to the last milestone of the programme. HistoryTooShort.

    While the history is too short to project, only the scenarios that rest on no projection.
    """
    until = targets().milestones[-1].month
    graduates = by_year(trained.graduates, [cells.last_month, *years_ahead(cells.last_month, until)])
    markets = {
        name: replace(
            market(stays, cells, name, until, scale, known=known.parameters),
            graduates=graduates,
            insertion=trained.insertion,
            more_may_come=True,
        )
        for name in told_without_past(cells, method()) or SCENARIOS
    }
    return Joined(markets, _tried(stays, cells, scale, known.parameters, known.tables))


def market(
    stays: pl.DataFrame,
    cells: Cells,
    scenario: str,
    until: int,
    scale: Scale,
    *,
    known: Parameters,
) -> Market:
    """The market at the end of the last month known of the cells, on the road of a scenario. HistoryTooShort."""
    made, together = road(cells, until, scenario, method(), scale)
    month = cells.last_month
    flow = flows(stays, month, known.retirement_age.value)
    seen = flow.select(*LINE, "entered").join(openings(flow).select(*LINE, "openings"), on=list(LINE))
    part = scale.jobs / scale.country
    return Market(month, stocks(stays, month), made, exit_counts(flow), seen, together=together, scale=part)


def _tried(stays: pl.DataFrame, cells: Cells, scale: Scale, known: Parameters, tables: BalanceTables) -> pl.DataFrame:
    """A year ahead of each past origin with history enough: openings told beside those that came, by occupation."""
    least = method().least_history_months.value
    parts = []
    for back in TRIED:
        origin = cells.last_month - YEAR * back
        if origin - cells.first_month + 1 < least:
            break
        past = market(stays, cells.until(origin), "trend", origin + YEAR, scale, known=known)
        cube = gaps(past, known, tables, draws=DRAWS // 4).filter(pl.col("grain") == "occupation")
        told = cube.select(
            "occupation",
            (pl.col("need") - pl.col("moving_up")).alias("openings"),
            (pl.col("need") - pl.col("moving_up") - pl.col("expansion")).alias("no_growth"),
        )
        came = _openings(stays, origin + YEAR, known).rename({"openings": "came"})
        before = _openings(stays, origin, known).rename({"openings": "repeated"})
        both = told.join(came, on="occupation", how="full", coalesce=True).join(before, on="occupation", how="left")
        parts.append(both.fill_null(0.0).with_columns(pl.lit(origin, pl.Int32).alias("origin")))
    return pl.concat(parts) if parts else pl.DataFrame()


def _openings(stays: pl.DataFrame, month: int, known: Parameters) -> pl.DataFrame:
    flow = openings(flows(stays, month, known.retirement_age.value))
    return flow.group_by("occupation").agg(pl.col("openings").sum())


def tried_scores(tried: pl.DataFrame) -> dict[str, Any] | None:
    """Mean absolute error of openings and of the naive ones, rows, share of rows whose side is right; None untried."""
    if tried.is_empty():
        return None
    came = tried["came"].to_numpy()
    errors = {
        name: float(np.abs(tried[name].to_numpy() - came).mean()) for name in ("openings", "repeated", "no_growth")
    }
    right = float(((tried["openings"].to_numpy() > 0) == (came > 0)).mean())
    return {"rows": tried.height, "years": tried["origin"].n_unique(), "side_right": right, **errors}
