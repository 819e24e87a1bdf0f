"""Headcounts ahead by filière and region, year by year, with the scale of their error: a road for each scenario."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from minassa.outlook.projection.cells import Cells
from minassa.outlook.projection.growth import YEAR, projected
from minassa.outlook.projection.method import Method
from minassa.outlook.projection.spread import spreads
from minassa.outlook.targets import Scale, path

SCENARIOS: Final = ("trend", "programme", "unchanged")
"""As it goes; the whole programme held on its months; nobody added any more."""
WITHOUT_PROJECTION: Final = ("programme", "unchanged")
_WITHOUT_PAST: Final = 0.15
"""Yearly error, as a part of a headcount, where the history is too short to have been wrong."""


def years_ahead(last_month: int, until: int) -> list[int]:
    """The ends of the years after a month, up to another; the next one always, however near the end."""
    return list(range(last_month + YEAR, until + 1, YEAR)) or [last_month + YEAR]


def told_without_past(cells: Cells, method: Method) -> tuple[str, ...]:
    """Scenarios that rest on no projection, while the history is too short for one; none once it is long enough."""
    known = cells.last_month - cells.first_month + 1
    return WITHOUT_PROJECTION if YEAR < known < method.least_history_months.value else ()


def road(cells: Cells, until: int, scenario: str, method: Method, scale: Scale) -> tuple[pl.DataFrame, float]:
    """The road of a scenario (`ROAD` of the balance) and the part of its variance that all share. HistoryTooShort.

    `programme` brings the country to the path of the programme and keeps the parts of the projection; months after
    the last milestone keep its level. Before the history is long enough to project, it keeps the parts of today.
    """
    months = years_ahead(cells.last_month, until)
    years = np.arange(1, len(months) + 1, dtype=np.float64)[None]
    now = cells.headcount[:, -1:]
    if scenario in told_without_past(cells, method):
        jobs = np.repeat(now, len(months), axis=1)
        deviation, together = jobs * _WITHOUT_PAST * np.sqrt(years), 0.0
    else:
        ahead = projected(cells.headcount, months[-1] - cells.last_month, method)
        jobs = ahead[:, [month - cells.last_month - 1 for month in months]]
        deviation, together = _errors(cells, jobs, years, method)
    if scenario == "unchanged":
        jobs = np.repeat(now, len(months), axis=1)
    elif scenario == "programme":
        jobs = _on_path(jobs, months, scale)
        deviation = np.zeros_like(jobs)
    return _long(cells, [cells.last_month, *months], np.hstack([now, jobs]), np.hstack([now * 0, deviation])), together


def _errors(cells: Cells, jobs: np.ndarray, years: np.ndarray, method: Method) -> tuple[np.ndarray, float]:
    found = spreads(cells, method)
    if "cell" not in found:
        return jobs * _WITHOUT_PAST * np.sqrt(years), 0.0
    normal = 1.959963984540054
    cell, nation = found["cell"], found["nation"]
    each = cell.deviation(jobs, years) * cell.widths[1] / normal
    whole = nation.deviation(jobs.sum(axis=0), years[0]) * nation.widths[1] / normal
    alone, shared = (each**2).sum(axis=0), each.sum(axis=0) ** 2
    part = np.divide(whole**2 - alone, shared - alone, out=np.zeros_like(whole), where=shared > alone)
    return each, float(np.clip(part.mean() if part.size else 0.0, 0.0, 0.95))


def _on_path(jobs: np.ndarray, months: list[int], scale: Scale) -> np.ndarray:
    levels = dict(path(scale).select("month", "level_jobs").iter_rows())
    last = max(levels)
    aimed = np.array([levels.get(min(max(month, min(levels)), last)) for month in months], dtype=np.float64)
    whole = jobs.sum(axis=0)
    return np.asarray(jobs * np.divide(aimed, whole, out=np.ones_like(whole), where=whole > 0))


def _long(cells: Cells, months: list[int], jobs: np.ndarray, deviation: np.ndarray) -> pl.DataFrame:
    years = len(months)
    return pl.DataFrame(
        {
            "filiere": np.repeat(cells.filiere, years),
            "region": np.repeat(cells.region, years),
            "month": months * len(cells.filiere),
            "jobs": jobs.ravel(),
            "deviation": deviation.ravel(),
        },
        schema={
            "filiere": pl.Int32,
            "region": pl.Int32,
            "month": pl.Int32,
            "jobs": pl.Float64,
            "deviation": pl.Float64,
        },
    )
