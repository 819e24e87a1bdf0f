"""The figures of a run that everyone may read: jobs against the path, money, by region, P2I and filière.

They are made of a release, hence of what the disclosure control lets through, beside what was published before: a
number that is not told is None.
"""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from minassa.entitlements.runs import Run
from minassa.outlook.disclosure.parameters import control
from minassa.outlook.disclosure.sensitivity import reasons
from minassa.outlook.projection.cells import cells_of
from minassa.outlook.projection.growth import HistoryTooShort
from minassa.outlook.projection.method import method
from minassa.outlook.projection.projecting import BOUNDS, projection
from minassa.outlook.targets import WHOLE, Scale, path, targets
from minassa.outlook.trajectory import against_path
from minassa.steering.releases.controlled import Release, Told
from minassa.steering.releases.shapes import NATION, filiere_column, place_row, region_row
from minassa.steering.releases.territories import territories
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.places import places
from minassa.vocabulary.regions import regions
from minassa.vocabulary.statuses import Status, rank

MILLION: Final = 1_000_000
SHAPE: Final = 4
"""Version of the document: another one is computed again."""
BY_RANK: Final = {rank(status): status for status in Status}
Cell = dict[str, Any]


def figures_of(run: Run, made: Release, synthetic: dict[str, Any] | None = None) -> Cell:
    """Everything that is published of a run, as plain data: months `AAAA-MM`, centimes, whole jobs; None: not told.

    `made` is the release of the run, with a month at least: the last one told is that of the figures. `synthetic` is
    what is known of an invented country; the targets are brought to its size.
    """
    scale, until = _scale(synthetic), max(made.months)
    jobs = made.kept.jobs
    headcounts = jobs.rename({"headcount": "headcount_month"}).lazy()
    provisional = made.tables["provisional_cents_measure"]
    return {
        "shape": SHAPE,
        "run": run.path.name,
        "until": format_month(until),
        "synthetic": synthetic is not None,
        "scale": {"jobs": scale.jobs, "country": scale.country},
        "withheld": made.withheld,
        "months": _months(made, scale),
        "path": _path(scale),
        "projection": _projection(headcounts),
        "totals": {"due_cents": made.tables["money"].value(NATION), "provisional_cents": provisional.value(NATION)},
        "measures": _measures(made),
        "statuses": _statuses(made),
        "regions": [{"region": one.number, **_cell(made, until, region_row(one.number))} for one in regions()],
        "p2i": [
            {"place": place.slug, **_cell(made, until, place_row(place.code))}
            for place in places()
            if place.kind == "p2i" and place.is_open(until)
        ],
        "filieres": [
            {"filiere": code, **_filiere(made, until, code)} for code in jobs["filiere"].unique().sort().to_list()
        ],
        "territories": territories(made),
    }


def _scale(synthetic: dict[str, Any] | None) -> Scale:
    millionths = int((synthetic or {}).get("scale_millionths") or 0)
    return Scale(millionths, MILLION) if millionths else WHOLE


def _months(made: Release, scale: Scale) -> list[Cell]:
    """The country month by month beside the path; flows that tell a firm are left out."""
    kept = ("headcount", "headcount_base", "net_jobs", "new_jobs", "kept_jobs", "leavers", "level_jobs", "gap_jobs")
    counts = ("headcount", "headcount_base", "new_jobs", "leavers", "kept_jobs")
    jobs = made.kept.jobs
    based = bool((jobs["headcount_base"] > 0).any())
    net = pl.when(pl.lit(based)).then(pl.col("headcount") - pl.col("headcount_base")).alias("net_jobs")
    sums = jobs.group_by("month").agg(pl.col(counts).sum()).sort("month").with_columns(net)
    rows = [{name: row[name] for name in ("month", *kept)} for row in against_path(sums, scale).iter_rows(named=True)]
    told = {name: made.tables[f"national_{name}"] for name in ("new_jobs", "leavers")}
    for row in rows:
        month = row["month"]
        row |= {name: table.value(f"m{month}") for name, table in told.items()}
        row["kept_jobs"] = row["kept_jobs"] if _safe(jobs.filter(pl.col("month") == month), "kept_jobs") else None
        row["month"] = format_month(month)
    return rows


def _safe(jobs: pl.DataFrame, of: str) -> bool:
    """Whether a sum over firms tells of none of them."""
    firms = dict(jobs.group_by("firm").agg(pl.col(of).sum()).iter_rows())
    return not reasons(firms, sum(firms.values()), control())


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


def _measures(made: Release) -> list[Cell]:
    """What is due by measure, and the part that rests on declarations not filed yet."""
    due = pl.col("due_cents")
    money = made.kept.money
    found = money.group_by("measure").agg(
        pl.col("rights").sum(),
        pl.col("firm").n_unique().alias("firms"),
        pl.col("status").filter(due > 0).max().alias("rank"),
        pl.col("year").unique().sort().alias("years"),
    )
    return [
        {
            "measure": row["measure"],
            "due_cents": _added(made.tables["money"], [f"{row['measure']} {year}" for year in row["years"]]),
            "provisional_cents": made.tables["provisional_cents_measure"].value(f"measure {row['measure']}"),
            "rights": row["rights"],
            "firms": row["firms"],
            "status": BY_RANK[row["rank"] if row["rank"] is not None else 0].value,
        }
        for row in found.sort("measure").iter_rows(named=True)
    ]


def _added(money: Told, columns: list[str]) -> int | None:
    """The sum of columns of the country; None when one of them is not told."""
    values = [money.value(NATION, column) for column in columns]
    return None if None in values else sum(value for value in values if value is not None)


def _statuses(made: Release) -> list[Cell]:
    """How much money stands on each footing."""
    table = made.tables["due_cents_status"]
    ranks = made.kept.money["status"].unique().sort().to_list()
    return [{"status": BY_RANK[status].value, "due_cents": table.value(f"status {status}")} for status in ranks]


def _cell(made: Release, until: int, row: str, column: str = "") -> Cell:
    """Jobs of the last month, new jobs since July 2025 and money due of a region or a place."""
    return {
        "jobs": made.months[until].value(row, column),
        "new_jobs": made.tables["new_jobs"].value(row, column),
        "due_cents": made.tables["money"].value(row),
    }


def _filiere(made: Release, until: int, code: int) -> Cell:
    """The same of a filière of the whole country."""
    due = made.tables["due_cents_filiere"].value(f"filiere {code}")
    return {**_cell(made, until, NATION, filiere_column(code)), "due_cents": due}
