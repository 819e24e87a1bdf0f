"""The figures of a run that everyone may read: jobs against the path, money, by region, P2I and filière.

A cell that fewer than three firms stand behind is not told, and with it the next smallest when it would be alone: what
is left out could be had again by subtraction.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import polars as pl

from minassa.entitlements.firm_months import BASE_MONTH
from minassa.entitlements.runs import Run
from minassa.outlook.projection.cells import cells_of
from minassa.outlook.projection.growth import HistoryTooShort
from minassa.outlook.projection.method import method
from minassa.outlook.projection.projecting import BOUNDS, projection
from minassa.outlook.targets import WHOLE, Scale, path, targets
from minassa.outlook.trajectory import against_path, region_of_place, series
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.places import places
from minassa.vocabulary.regions import regions
from minassa.vocabulary.statuses import Status, rank

FEWEST: Final = 3
"""Firms that must stand behind a published cell."""
MILLION: Final = 1_000_000
SHAPE: Final = 2
"""Version of the document: another one is computed again."""
BY_RANK: Final = {rank(status): status for status in Status}
Cell = dict[str, Any]


def figures_of(run: Run, synthetic: dict[str, Any] | None = None) -> Cell:
    """Everything that is published of a run, as plain data: months `AAAA-MM`, centimes, whole jobs.

    `synthetic` is what is known of an invented country; the targets are brought to its size.
    """
    scale = _scale(synthetic)
    months = run.table("firm_month")
    amounts = run.table("amounts").with_columns(region_of_place().alias("region")).filter("entitled").collect()
    return {
        "shape": SHAPE,
        "run": run.path.name,
        "until": format_month(run.until),
        "synthetic": synthetic is not None,
        "scale": {"jobs": scale.jobs, "country": scale.country},
        "months": _months(against_path(series(months), scale)),
        "path": _path(scale),
        "projection": _projection(months),
        "measures": _measures(amounts),
        "statuses": _statuses(amounts),
        "regions": _regions(months, amounts, run.until),
        "p2i": _p2i(months, amounts, run.until),
        "filieres": _filieres(months, amounts, run.until),
    }


def _scale(synthetic: dict[str, Any] | None) -> Scale:
    millionths = int((synthetic or {}).get("scale_millionths") or 0)
    return Scale(millionths, MILLION) if millionths else WHOLE


def _months(national: pl.DataFrame) -> list[Cell]:
    kept = ("headcount", "headcount_base", "net_jobs", "new_jobs", "kept_jobs", "leavers", "level_jobs", "gap_jobs")
    return [
        {"month": format_month(row["month"]), **{name: row[name] for name in kept}}
        for row in national.iter_rows(named=True)
    ]


def _path(scale: Scale) -> list[Cell]:
    """The promised levels: milestones with their source, and the straight line between them as its ends."""
    promised = targets()
    sources = {promised.start.month: promised.start.source.url}
    sources |= {one.month: one.source.url for one in promised.milestones}
    rows = path(scale).filter("milestone").iter_rows(named=True)
    return [
        {
            "month": format_month(row["month"]),
            "jobs": row["level_jobs"],
            "status": row["status"],
            "url": sources.get(row["month"]),
        }
        for row in rows
    ]


def _projection(months: pl.LazyFrame) -> list[Cell]:
    """Jobs of the country to the last month of the programme, whole, with bounds; empty for a history too short."""
    try:
        made = projection(cells_of(months), targets().milestones[-1].month, method())
    except HistoryTooShort:
        return []
    names = ("headcount", "unchanged", "drifting", *BOUNDS)
    nation = made.filter(pl.col("level") == "nation").with_columns(
        pl.col(name).round().cast(pl.Int64) for name in names
    )
    return [
        {"month": format_month(row["month"]), **{name: row[name] for name in names}}
        for row in nation.iter_rows(named=True)
    ]


def _measures(amounts: pl.DataFrame) -> list[Cell]:
    """What is due by measure, and the part that rests on declarations not filed yet."""
    cents = pl.col("amount_cents")
    found = amounts.group_by("measure").agg(
        cents.sum().alias("due_cents"),
        cents.filter("provisional").sum().alias("provisional_cents"),
        pl.len().alias("rights"),
        pl.col("affiliation").n_unique().alias("firms"),
        pl.col("status").filter(cents > 0).max().alias("rank"),
    )
    return [
        {**_without(row, "rank"), "status": BY_RANK[row["rank"] if row["rank"] is not None else 0].value}
        for row in found.sort("measure").iter_rows(named=True)
    ]


def _statuses(amounts: pl.DataFrame) -> list[Cell]:
    """How much money stands on each footing."""
    sums = amounts.group_by("status").agg(pl.col("amount_cents").sum()).sort("status")
    return [{"status": BY_RANK[status].value, "due_cents": cents} for status, cents in sums.iter_rows()]


def _regions(months: pl.LazyFrame, amounts: pl.DataFrame, until: int) -> list[Cell]:
    cells = _cells(months.with_columns(region_of_place().alias("region")), amounts, "region", until)
    return masked({"region": region.number, **cells.get(region.number, EMPTY)} for region in regions())


def _p2i(months: pl.LazyFrame, amounts: pl.DataFrame, until: int) -> list[Cell]:
    cells = _cells(months, amounts, "place", until)
    opened = [place for place in places() if place.kind == "p2i" and place.is_open(until)]
    return masked({"place": place.slug, **cells.get(place.code, EMPTY)} for place in opened)


def _filieres(months: pl.LazyFrame, amounts: pl.DataFrame, until: int) -> list[Cell]:
    cells = _cells(months, amounts, "filiere", until)
    return masked({"filiere": code, **cell} for code, cell in sorted(cells.items()))


EMPTY: Final[Cell] = {"jobs": 0, "new_jobs": 0, "due_cents": 0, "firms": 0}


def _cells(months: pl.LazyFrame, amounts: pl.DataFrame, by: str, until: int) -> dict[int, Cell]:
    """Jobs of the last month, new jobs since July 2025 and money due, by place, region or filière."""
    last = pl.col("month") == until
    new = pl.col("hires_month") - (
        pl.col("transfers_in_month") + pl.col("rehires_month") + pl.col("replacements_month")
    )
    jobs = months.group_by(by).agg(
        pl.col("headcount_month").filter(last).sum().alias("jobs"),
        new.filter(pl.col("month") > BASE_MONTH).sum().alias("new_jobs"),
        pl.col("affiliation").filter(last & (pl.col("headcount_month") > 0)).n_unique().alias("firms"),
    )
    money = amounts.group_by(by).agg(
        pl.col("amount_cents").sum().alias("due_cents"), pl.col("affiliation").n_unique().alias("paid_firms")
    )
    joined = jobs.collect().join(money, on=by, how="full", coalesce=True).fill_null(0)
    return {row[by]: _cell(row) for row in joined.iter_rows(named=True)}


def _cell(row: Cell) -> Cell:
    """A cell with the fewer of the firms behind its jobs and behind its money, where there is any."""
    behind = [row["firms"]] if not row["due_cents"] else [row["firms"], row["paid_firms"]]
    return {"jobs": row["jobs"], "new_jobs": row["new_jobs"], "due_cents": row["due_cents"], "firms": min(behind)}


def masked(cells: Iterable[Cell]) -> list[Cell]:
    """The cells, those behind which too few firms stand without their numbers; never one alone.

    A cell without job nor money tells nothing of anybody and is kept.
    """
    found = list(cells)
    small = [cell for cell in found if (cell["jobs"] or cell["due_cents"]) and cell["firms"] < FEWEST]
    others = sorted((cell for cell in found if cell["jobs"] and cell not in small), key=lambda cell: cell["jobs"])
    hidden = small + others[:1] if len(small) == 1 else small
    return [{**_without(cell, "firms"), **(dict.fromkeys(NUMBERS) if cell in hidden else {})} for cell in found]


NUMBERS: Final = ("jobs", "new_jobs", "due_cents")


def _without(cell: Cell, name: str) -> Cell:
    return {key: value for key, value in cell.items() if key != name}
