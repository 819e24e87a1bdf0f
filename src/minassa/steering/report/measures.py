"""What is due: by measure, by filière, by region and by place; what is provisional; what is to come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from minassa.steering.identity import FILIERE_COLOURS
from minassa.steering.report.charts import NARROW, Chart, Drawing, chart, drawn, money_axis
from minassa.steering.report.facts import Facts, measure_label, place_label, region_label, total
from minassa.steering.report.tables import Column, Table
from minassa.vocabulary.filieres import Filiere

LABELS, GAP = 64, 24
"""Pixels for the names of filières, and between panels."""


@dataclass(frozen=True, slots=True)
class MeasureTotals:
    """One measure: what is due and certain in fact, due but provisional, to come; all in centimes."""

    measure: str
    label: str
    settled: int
    provisional: int
    to_come: int
    lines: int

    @property
    def due(self) -> int:
        """What the conditions in force give right to, provisional or not."""
        return self.settled + self.provisional


@dataclass(frozen=True)
class MeasuresSection:
    """The section on amounts."""

    totals: tuple[MeasureTotals, ...]
    table: Table
    by_filiere: Chart
    by_region: Table
    by_place: Table
    crossed: Table

    @property
    def due(self) -> int:
        """Everything due, in centimes."""
        return sum(one.due for one in self.totals)

    @property
    def provisional(self) -> int:
        """What is due but rests on declarations not filed yet, in centimes."""
        return sum(one.provisional for one in self.totals)

    @property
    def to_come(self) -> int:
        """What will be due if people stay and nothing else changes, in centimes."""
        return sum(one.to_come for one in self.totals)


def measures_section(facts: Facts) -> MeasuresSection:
    """The section on amounts of a run."""
    totals = tuple(measure_totals(facts, measure) for measure in facts.measures)
    return MeasuresSection(
        totals=totals,
        table=_table(totals),
        by_filiere=_filiere_chart(facts),
        by_region=by_dimension(
            facts, "region", "montants_par_region", "Montants dus par région", "Région", region_label
        ),
        by_place=by_dimension(
            facts, "place", "montants_par_lieu", "Montants dus par lieu de travail", "Lieu", place_label
        ),
        crossed=crossed_table(facts),
    )


def measure_totals(facts: Facts, measure: str) -> MeasureTotals:
    """The totals of one measure."""
    rows = facts.amounts.filter(pl.col("measure") == measure)
    due = rows.filter("entitled")
    return MeasureTotals(
        measure=measure,
        label=measure_label(measure),
        settled=total(due.filter(~pl.col("provisional"))),
        provisional=total(due.filter("provisional")),
        to_come=total(rows.filter("to_come"), "expected_cents"),
        lines=due.height,
    )


def _table(totals: tuple[MeasureTotals, ...]) -> Table:
    columns = (
        Column("label", "Mesure"),
        Column("settled", "Dû", "money"),
        Column("provisional", "Dû à titre provisoire", "money"),
        Column("due", "Total dû", "money"),
        Column("to_come", "À venir", "money"),
        Column("lines", "Droits", "count"),
    )
    keys = ("settled", "provisional", "due", "to_come", "lines")
    rows = [{"label": one.label, **{key: getattr(one, key) for key in keys}} for one in totals]
    everything = {key: sum(row[key] for row in rows) for key in keys}
    return Table(
        "montants_par_mesure",
        "Montants par mesure",
        columns,
        rows,
        {"label": "Ensemble", **everything},
        note="« Provisoire » : l'état 9421 de l'année ou les comptes de l'exercice ne sont pas encore déposés. "
        "« À venir » : primes qui seront dues si les recrues restent et si rien d'autre ne change ; pas un droit.",
    )


def pivoted(facts: Facts, dimension: str) -> pl.DataFrame:
    """What is due by a dimension: one row each, one column per measure, and `total`, in centimes, greatest first."""
    summed = [
        pl.col("amount_cents").filter(pl.col("measure") == measure).sum().alias(measure) for measure in facts.measures
    ]
    return (
        facts.due.group_by(dimension)
        .agg(*summed, pl.col("amount_cents").sum().alias("total"), pl.len().alias("lines"))
        .sort(["total", dimension], descending=[True, False])
    )


def measure_columns(facts: Facts) -> tuple[Column, ...]:
    """One column of amounts per measure, then their total and the number of rights."""
    each = (Column(m, m.upper(), "money") for m in facts.measures)
    return (*each, Column("total", "Total dû", "money"), Column("lines", "Droits", "count"))


def totals_of(rows: list[dict[str, Any]], facts: Facts) -> dict[str, Any]:
    """The line of totals of rows made of `measure_columns`."""
    return {key: sum(row[key] for row in rows) for key in (*facts.measures, "total", "lines")}


def by_dimension(facts: Facts, dimension: str, name: str, title: str, heading: str, labelled: Any) -> Table:  # noqa: ANN401
    """A table of what is due by a dimension, `labelled` giving the words of its codes."""
    rows = [{"label": labelled(row[dimension]), **row} for row in pivoted(facts, dimension).iter_rows(named=True)]
    columns = (Column("label", heading), *measure_columns(facts))
    return Table(name, title, columns, rows, {"label": "Ensemble", **totals_of(rows, facts)})


def crossed_table(facts: Facts) -> Table:
    """What is due by measure, filière and place at once, greatest first."""
    provisional = pl.col("amount_cents").filter("provisional").sum()
    sums = (pl.len().alias("lines"), provisional.alias("provisional"), pl.col("amount_cents").sum().alias("total"))
    keys = ["measure", "filiere", "place", "region"]
    ordered = facts.due.group_by(keys).agg(*sums).sort(["total", *keys], descending=[True, *(False for _ in keys)])
    rows = [
        {
            **row,
            "measure": row["measure"].upper(),
            "place": place_label(row["place"]),
            "region": region_label(row["region"]),
        }
        for row in ordered.iter_rows(named=True)
    ]
    columns = (
        Column("measure", "Mesure"),
        Column("filiere", "Filière", "filiere"),
        Column("place", "Lieu"),
        Column("region", "Région"),
        Column("lines", "Droits", "count"),
        Column("provisional", "Dont provisoire", "money"),
        Column("total", "Total dû", "money"),
    )
    names = ("lines", "provisional", "total")
    everything = {"measure": "Ensemble", **{name: sum(row[name] for row in rows) for name in names}}
    title = "Montants dus par mesure, filière et lieu"
    return Table("montants_croises", title, columns, rows, everything, shown=12)


def _filiere_chart(facts: Facts) -> Chart:
    rows = list(pivoted(facts, "filiere").iter_rows(named=True))
    columns = (Column("filiere", "Filière", "filiere"), *measure_columns(facts))
    total_row = {"filiere": None, **totals_of(rows, facts)}
    table = Table("montants_par_filiere", "Montants dus par mesure et par filière", columns, rows, total_row)
    points = [
        {"measure": m.upper(), "filiere": Filiere(row["filiere"]).name, "amount": row[m]}
        for m in facts.measures
        for row in rows
    ]
    points = [{**p, "filiere": "Aucune" if p["filiere"] == "NONE" else p["filiere"]} for p in points]
    best = max(rows, key=lambda row: row["total"], default=None)
    told = f"La filière {Filiere(best['filiere']).name} reçoit le plus." if best else "Rien n'est dû."
    return chart(
        "montants-filieres",
        "Ce qui est dû, par mesure et par filière",
        f"Barres horizontales : un panneau par mesure, une barre par filière. {told}",
        table,
        lambda width: _bars(points, facts, width),
        synthetic=facts.invented,
    )


def _bars(points: list[dict[str, Any]], facts: Facts, width: int) -> Drawing:
    """One panel per measure, bars of the same scale."""
    names = [f.name if f else "Aucune" for f in sorted(Filiere, key=lambda f: (f == 0, f))]
    colours = [FILIERE_COLOURS[f] for f in sorted(Filiere, key=lambda f: (f == 0, f))]
    across = 1 if width <= NARROW else 2
    panel = (width - LABELS - GAP * (across - 1)) // across
    base = drawn(points).encode(
        y=alt.Y("filiere:N", sort=names, title=None, axis=alt.Axis(domain=False, ticks=False)),
        x=alt.X("amount:Q", title=None, axis=money_axis(width), scale=alt.Scale(nice=True)),
    )
    bars = base.mark_bar(height=13, cornerRadiusEnd=2).encode(
        color=alt.Color("filiere:N", scale=alt.Scale(domain=names, range=colours), legend=None)
    )
    order = [m.upper() for m in facts.measures]
    return (
        bars.properties(width=panel, height=alt.Step(21))
        .facet(facet=alt.Facet("measure:N", sort=order), columns=across, spacing=GAP)
        .resolve_axis(x="independent")
    )
