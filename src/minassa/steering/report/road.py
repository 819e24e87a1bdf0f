"""The road to 130,000: what is observed beside what was promised, in a chart, a sentence and a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl
from markupsafe import Markup

from minassa.entitlements.firm_months import BASE_MONTH
from minassa.outlook.targets import Targets, path, targets
from minassa.outlook.trajectory import against_path, series
from minassa.steering.identity import ACTION, INK, WAITING
from minassa.steering.report.charts import NARROW, Chart, Drawing, chart, drawn, iso
from minassa.steering.report.citations import site
from minassa.steering.report.facts import Facts, place_label, region_label
from minassa.steering.report.tables import Column, Table
from minassa.steering.report.wording import (
    ROUNDING,
    count,
    count_text,
    month,
    rate,
    share,
    short_month_text,
    signed_text,
)
from minassa.vocabulary.rounding import Direction, divide

PARTS: dict[str, tuple[str, str, Column, Callable[[int], Any]]] = {
    "filiere": ("emplois_par_filiere", "Emplois par filière", Column("part", "Filière", "filiere"), int),
    "region": ("emplois_par_region", "Emplois par région", Column("part", "Région"), region_label),
    "place": ("emplois_par_lieu", "Emplois par lieu", Column("part", "Lieu"), place_label),
}
"""How jobs are parted: name and title of the table, its first column, and the words of its codes."""
BASELINES = {"arithmetic": "niveaux moins créations annoncés", "minister": "chiffre de la ministre pour 2023"}


@dataclass(frozen=True)
class RoadSection:
    """The section on jobs: the national series, the last month known, the chart, the words and the tables."""

    national: pl.DataFrame
    now: dict[str, Any]
    sentence: Markup
    chart: Chart
    parts: tuple[Table, ...]
    sources: Table
    scale_text: str


def road_section(facts: Facts) -> RoadSection:
    """The section on jobs of a run."""
    months = facts.run.table("firm_month")
    national = against_path(series(months), facts.scale)
    now = national.row(-1, named=True)
    return RoadSection(
        national=national,
        now=now,
        sentence=sentence(facts, now),
        chart=_chart(facts, national),
        parts=_parts(facts, months),
        sources=sources(facts, targets()),
        scale_text=scale_text(facts),
    )


def scale_text(facts: Facts) -> str:
    """How many jobs of the country one of the data stands for; empty for the country itself."""
    if facts.scale.whole:
        return ""
    tenths = divide(10 * facts.scale.country, facts.scale.jobs, Direction.HALF_UP, ROUNDING)
    stands_for = f"{count_text(tenths // 10)},{tenths % 10}"
    return f"Un emploi de ces données en représente {stands_for} : les objectifs sont ramenés à cette échelle."


def sentence(facts: Facts, now: dict[str, Any]) -> Markup:
    """The road in words."""
    start = Markup("À fin {}, <strong>{}</strong> emplois sont déclarés").format(
        month(now["month"]), count(now["headcount"])
    )
    if now["gap_jobs"] is None:
        return start + Markup(" ; ce mois est hors de la période du contrat-programme.")
    gap, level = now["gap_jobs"], now["level_jobs"]
    side = "de moins que" if gap < 0 else "de plus que"
    left = max(0, _goal(facts) - now["headcount"])
    return start + Markup(
        " : <strong>{}</strong> {} le chemin tracé vers le contrat-programme ({} à cette date), soit {} de ce niveau. "
        "Il en resterait {} à gagner d’ici fin 2030."
    ).format(count(abs(gap)), side, count(level), rate(share(now["headcount"], level)), count(left))


def _goal(facts: Facts) -> int:
    return int(path(facts.scale)["level_jobs"][-1])


def _chart(facts: Facts, national: pl.DataFrame) -> Chart:
    table = Table(
        "trajectoire",
        "Emplois mois par mois",
        series_columns(),
        list(national.sort("month", descending=True).iter_rows(named=True)),
        note="Emplois déclarés : personnes déclarées à la CNSS, payées ou en absence couverte, par les entreprises qui "
        "ont déposé. Le contrat-programme compte des « emplois directs stables » sans dire comment : les deux se "
        "comparent, sans être la même chose. Chaque base vient d’une source et reste à part.",
        shown=18,
    )
    last = national.row(-1, named=True)
    told = f"Dernier mois : {count_text(last['headcount'])} emplois déclarés"
    if last["level_jobs"] is not None:
        told += f", pour {count_text(last['level_jobs'])} sur le chemin"
    return chart(
        "route",
        "Emplois déclarés et chemin du contrat-programme",
        f"Courbe mensuelle des emplois déclarés, et droite vers les jalons de fin 2026 et fin 2030. {told}.",
        table,
        lambda width: draw_road(facts, national, width),
        synthetic=facts.invented,
    )


def series_columns() -> tuple[Column, ...]:
    """The columns of the monthly table, one for each baseline of the programme among them."""
    baselines = (
        Column(f"additional_{one.name}", f"Depuis la base de {count_text(one.jobs)}", "signed")
        for one in targets().baselines
    )
    return (
        Column("month", "Mois", "month"),
        Column("headcount", "Emplois déclarés", "count"),
        Column("level_jobs", "Niveau du chemin", "count"),
        Column("gap_jobs", "Écart au chemin", "signed"),
        *baselines,
        Column("net_jobs", "Emplois nets depuis juin 2025", "signed"),
        Column("new_jobs", "Emplois nouveaux du mois", "count"),
        Column("kept_jobs", "Recrues encore en poste après 18 mois", "count"),
        Column("leavers", "Départs", "count"),
    )


def draw_road(facts: Facts, national: pl.DataFrame, width: int) -> Drawing:
    """The observed curve, the path, its milestones and their names, labelled where they stand."""
    promised = path(facts.scale)
    line = [{"date": iso(m), "jobs": j} for m, j in promised.select("month", "level_jobs").iter_rows()]
    seen = [{"date": iso(m), "jobs": j} for m, j in national.select("month", "headcount").iter_rows()]
    narrow = width <= NARROW
    years = alt.Axis(format="%Y", tickCount="year", grid=False, labelOverlap=True)
    x = alt.X("date:T", title=None, scale=alt.Scale(type="utc"), axis=years)
    y = alt.Y(
        "jobs:Q",
        title=None,
        scale=alt.Scale(zero=False, nice=False, padding=22),
        axis=alt.Axis(tickCount=5, format=",d", domain=False),
    )
    layers = [
        drawn(line).mark_line(stroke=WAITING, strokeDash=[5, 4], strokeWidth=1.8).encode(x=x, y=y),
        *_milestones(promised, x, y),
        drawn(seen).mark_line(stroke=ACTION, strokeWidth=3).encode(x=x, y=y),
        *_last_seen(seen, x, y, narrow=narrow),
    ]
    return alt.layer(*layers).properties(
        width=width, height=250 if narrow else 320, autosize=alt.AutoSizeParams(type="fit", contains="padding")
    )


def _milestones(promised: pl.DataFrame, x: alt.X, y: alt.Y) -> list[Drawing]:
    """What was promised: a diamond and a label, under the line for the start and above it for the others."""
    points = [
        {"date": iso(m), "jobs": j, "text": f"{count_text(j)} · {short_month_text(m)}"}
        for m, j in promised.filter("milestone").select("month", "level_jobs").iter_rows()
    ]
    words: dict[str, Any] = {"color": WAITING, "fontWeight": 600}
    return [
        drawn(points).mark_point(shape="diamond", filled=True, size=90, color=WAITING, opacity=1).encode(x=x, y=y),
        drawn(points[:1]).mark_text(align="left", dx=6, dy=14, **words).encode(x=x, y=y, text="text:N"),
        drawn(points[1:]).mark_text(align="right", dx=-9, dy=-7, **words).encode(x=x, y=y, text="text:N"),
    ]


def _last_seen(seen: list[dict[str, Any]], x: alt.X, y: alt.Y, *, narrow: bool) -> list[Drawing]:
    """The last month observed: a dot and its number."""
    last = [{**seen[-1], "text": f"{count_text(seen[-1]['jobs'])} déclarés"}]
    return [
        drawn(last).mark_point(filled=True, size=70, color=ACTION, opacity=1).encode(x=x, y=y),
        drawn(last)
        .mark_text(align="left", dx=0 if narrow else 8, dy=18, color=INK, fontWeight=700, fontSize=13)
        .encode(x=x, y=y, text="text:N"),
    ]


def _parts(facts: Facts, months: pl.LazyFrame) -> tuple[Table, ...]:
    """Jobs by filière, region and place in the last month known, with the new jobs since July 2025."""
    return tuple(_part(facts, months, dimension) for dimension in PARTS)


def _part(facts: Facts, months: pl.LazyFrame, dimension: str) -> Table:
    name, title, column, labelled = PARTS[dimension]
    since = series(months, by=(dimension,))
    summed = since.group_by(dimension).agg(
        *(pl.col(c).sort_by("month").last() for c in ("headcount", "headcount_base", "net_jobs", "kept_jobs")),
        pl.col("new_jobs").filter(pl.col("month") > BASE_MONTH).sum(),
    )
    counts = ("headcount", "headcount_base", "net_jobs", "new_jobs", "kept_jobs")
    ordered = summed.sort(["headcount", dimension], descending=[True, False])
    rows = [{"part": labelled(row[dimension]), **row} for row in ordered.iter_rows(named=True)]
    columns = (
        column,
        Column("headcount", "Emplois déclarés", "count"),
        Column("headcount_base", "En juin 2025", "count"),
        Column("net_jobs", "Emplois nets", "signed"),
        Column("new_jobs", "Emplois nouveaux", "count"),
        Column("kept_jobs", "Gardés 18 mois", "count"),
    )
    total = {key: None if any(r[key] is None for r in rows) else sum(r[key] for r in rows) for key in counts}
    note = "Chaque entreprise est comptée au lieu et dans la filière de la plus grande part de son personnel."
    return Table(name, f"{title}, à fin {month(facts.until)}", columns, rows, total, note)


def sources(facts: Facts, promised: Targets) -> Table:
    """Where the baselines and milestones come from, at the size of the country and at that of the data."""
    rows: list[dict[str, Any]] = [
        {
            "what": "Base : " + BASELINES.get(b.name, b.name),
            "month": b.month,
            "jobs": b.jobs,
            "status": b.status,
            "source": b.source,
        }
        for b in promised.baselines
    ]
    rows += [
        {
            "what": f"Jalon : {signed_text(m.additional_jobs)} emplois",
            "month": m.month,
            "jobs": m.level_jobs,
            "status": m.status,
            "source": m.source,
        }
        for m in promised.milestones
    ]
    shown = [
        {
            **row,
            "scaled": facts.scale.of(row["jobs"]),
            "source": (site(row["source"].url), row["source"].url, row["source"].note),
        }
        for row in rows
    ]
    columns = (
        Column("what", "Point"),
        Column("month", "À fin", "month"),
        Column("jobs", "Emplois au pays", "count"),
        Column("scaled", "À l’échelle des données", "count"),
        Column("status", "Statut", "status"),
        Column("source", "Source", "link"),
    )
    return Table("objectifs", "Objectifs du contrat-programme", columns, shown, note=promised.between.note)
