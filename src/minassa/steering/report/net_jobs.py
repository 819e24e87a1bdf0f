"""Net-job truth: what hires are made of, what looks like a new job and is not, who passes from which firm to which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from minassa.entitlements.firm_months import BASE_MONTH
from minassa.outlook.trajectory import series
from minassa.steering.report.charts import NARROW, Chart, Drawing, chart, iso
from minassa.steering.report.facts import Facts, total
from minassa.steering.report.identity import ACTION, INK, INK_SOFT, WAITING
from minassa.steering.report.lexicon import word
from minassa.steering.report.tables import Column, Table
from minassa.steering.report.wording import count_text, month

NATURES = {
    "new_jobs": ("Nouveaux", ACTION),
    "replacements": ("Remplacements", "#8fc1b6"),
    "rehires": ("Réembauches", WAITING),
    "transfers": ("Transferts", INK_SOFT),
}
HIRING_KINDS = frozenset({"transfer", "rehire", "replacement", "raised_reference"})
"""Kinds whose month is that of a hiring: they touch the premium of that hiring."""
YEARLY_KINDS = frozenset({"underdeclared_days", "disagreement"})
"""Kinds whose month is the January of the year concerned: they touch the amounts of that year."""
FLOWS_SHOWN = 15


@dataclass(frozen=True)
class NetJobsSection:
    """The section on net jobs."""

    since: dict[str, int]
    chart: Chart
    kinds: Table
    flows: Table


def net_jobs_section(facts: Facts) -> NetJobsSection:
    """The section on net jobs of a run."""
    monthly = series(facts.run.table("firm_month")).filter(pl.col("month") > BASE_MONTH)
    counted = ("hires", *NATURES, "leavers")
    return NetJobsSection(
        since={name: int(monthly[name].sum() or 0) for name in counted},
        chart=_chart(facts, monthly),
        kinds=kinds_table(facts),
        flows=flows_table(facts),
    )


def _chart(facts: Facts, monthly: pl.DataFrame) -> Chart:
    columns = (
        Column("month", "Mois", "month"),
        Column("hires", "Embauches", "count"),
        *(Column(key, label, "count") for key, (label, _) in NATURES.items()),
        Column("leavers", "Départs", "count"),
        Column("net_jobs", "Emplois nets depuis juin 2025", "signed"),
    )
    rows = list(monthly.sort("month", descending=True).iter_rows(named=True))
    table = Table("embauches", "Embauches par nature, mois par mois", columns, rows, shown=18)
    new, hires = int(monthly["new_jobs"].sum() or 0), int(monthly["hires"].sum() or 0)
    return chart(
        "embauches",
        "De quoi les embauches sont faites",
        f"Barres mensuelles empilées depuis juillet 2025 : {count_text(new)} emplois nouveaux sur {count_text(hires)} embauches.",
        table,
        lambda width: draw_hires(monthly, width),
        synthetic=facts.invented,
    )


def draw_hires(monthly: pl.DataFrame, width: int) -> Drawing:
    """Stacked bars by nature, new jobs at the foot where they compare best; leavers as a line."""
    order = {key: rank for rank, key in enumerate(NATURES)}
    values = [
        {"date": iso(row["month"]), "nature": NATURES[key][0], "jobs": row[key], "order": order[key]}
        for row in monthly.iter_rows(named=True)
        for key in NATURES
    ]
    leavers = [{"date": iso(row["month"]), "jobs": row["leavers"]} for row in monthly.iter_rows(named=True)]
    names, colours = zip(*NATURES.values(), strict=True)
    narrow = width <= NARROW
    x = alt.X("date:T", timeUnit="utcyearmonth", title=None, axis=alt.Axis(format="%m.%y", grid=False, tickCount=6))
    legend = alt.Legend(title=None, orient="top", columns=2 if narrow else 4, symbolType="square")
    bars = (
        alt.Chart(alt.Data(values=values))
        .mark_bar(stroke="white", strokeWidth=0.6)
        .encode(
            x=x,
            y=alt.Y("jobs:Q", title=None, axis=alt.Axis(tickCount=5, format=",d")),
            color=alt.Color("nature:N", scale=alt.Scale(domain=names, range=colours), legend=legend),
            order=alt.Order("order:Q"),
        )
    )
    line = (
        alt.Chart(alt.Data(values=leavers))
        .mark_line(stroke=INK, strokeWidth=1.6, strokeDash=[3, 3])
        .encode(x=x, y="jobs:Q")
    )
    last = alt.Chart(alt.Data(values=[{**leavers[-1], "text": "départs"}] if leavers else []))
    name = last.mark_text(align="right", dy=-8, fontSize=12).encode(x=x, y="jobs:Q", text="text:N")
    return alt.layer(bars, line, name).properties(
        width=width, height=260, autosize=alt.AutoSizeParams(type="fit", contains="padding")
    )


def kinds_table(facts: Facts) -> Table:
    """Each kind of irregularity: how often, in how many firms, what is due all the same, what was set aside."""
    found = facts.run.table("irregularities").collect()
    rows = []
    for kind in found["kind"].unique(maintain_order=True).sort().to_list():
        mine = found.filter(pl.col("kind") == kind)
        touched = concerned(facts, kind, mine)
        rows.append(
            {
                "kind": word("irregularities", kind),
                "count": mine.height,
                "firms": mine["affiliation"].n_unique(),
                "due": total(touched.filter("entitled")),
                "aside": total(touched.filter(~pl.col("entitled") & ~pl.col("to_come")), "waived_cents"),
                "meaning": word("irregularity_meanings", kind),
            }
        )
    columns = (
        Column("kind", "Ce qui a été trouvé"),
        Column("count", "Cas", "count"),
        Column("firms", "Entreprises", "count"),
        Column("due", "Dû malgré tout", "money"),
        Column("aside", "Écarté", "money"),
        Column("meaning", "Comment"),
    )
    note = (
        "Des signes à vérifier, pas des fautes prouvées. Un même recrutement peut relever de plusieurs lignes : elles ne "
        "s’additionnent pas. « Écarté » : ce qui serait dû si les conditions étaient tenues pour remplies."
    )
    return Table("verite_emplois", "Ce qui a l’air d’un emploi nouveau et n’en est pas un", columns, rows, note=note)


def concerned(facts: Facts, kind: str, found: pl.DataFrame) -> pl.DataFrame:
    """The amounts that cases of a kind bear on: of that hiring, of that year, or all those of the person in the firm."""
    amounts = facts.amounts.filter(pl.col("person") != 0)
    keys = ["affiliation", "person"]
    if kind in HIRING_KINDS:
        hired = found.select(*keys, pl.col("month").alias("period_start")).unique()
        once = amounts.filter(
            pl.col("hired_month") == pl.col("period_start"), pl.col("period_end") == pl.col("period_start")
        )
        return once.join(hired, on=[*keys, "period_start"], how="semi")
    if kind in YEARLY_KINDS:
        years = found.select(*keys, (pl.col("month") // 12).alias("year")).unique()
        spans = amounts.filter(pl.col("period_end") > pl.col("period_start"))
        return spans.with_columns((pl.col("period_start") // 12).alias("year")).join(
            years, on=[*keys, "year"], how="semi"
        )
    return amounts.join(found.select(keys).unique(), on=keys, how="semi")


def flows_table(facts: Facts) -> Table:
    """From which firm to which the transfers go, the most frequent first."""
    moves = facts.run.table("irregularities").filter(pl.col("kind") == "transfer").collect()
    counted = (
        moves.group_by("other_affiliation", "affiliation")
        .agg(pl.len().alias("people"))
        .sort(["people", "other_affiliation", "affiliation"], descending=[True, False, False])
    )
    rows: list[dict[str, Any]] = [
        {"from": facts.firm(row["other_affiliation"]), "to": facts.firm(row["affiliation"]), "people": row["people"]}
        for row in counted.iter_rows(named=True)
    ]
    columns = (Column("from", "De"), Column("to", "Vers"), Column("people", "Personnes", "count"))
    title = f"Transferts entre entreprises liées, de juillet 2025 à {month(facts.until)}"
    return Table(
        "transferts", title, columns, rows, {"from": "Ensemble", "to": "", "people": moves.height}, shown=FLOWS_SHOWN
    )
