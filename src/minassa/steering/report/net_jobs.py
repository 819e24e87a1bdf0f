"""Net-job truth: what hires are made of, what looks like a new job and is not, who passes from which firm to which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from minassa.entitlements.firm_months import BASE_MONTH
from minassa.outlook.trajectory import series
from minassa.steering.identity import ACTION, INK, WAITING, WHITE
from minassa.steering.lexicon import word
from minassa.steering.report.charts import NARROW, Chart, Drawing, chart, drawn
from minassa.steering.report.facts import Facts, total
from minassa.steering.report.tables import Column, Table
from minassa.steering.report.wording import count_text, month, short_month_text

NATURES = {
    "new_jobs": ("Nouveaux", ACTION),
    "replacements": ("Remplacements", "#8fc1b6"),
    "rehires": ("Réembauches", WAITING),
    "transfers": ("Transferts", "#1f5a99"),
}
FLOWS = {**{key: (*shown, 1) for key, shown in NATURES.items()}, "leavers": ("Départs", "#b9b3a5", -1)}
"""What is drawn, its colour, and on which side of zero."""
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
        "Barres mensuelles depuis juillet 2025, embauches par nature au-dessus de zéro, départs au-dessous : "
        f"{count_text(new)} emplois nouveaux sur {count_text(hires)} embauches.",
        table,
        lambda width: draw_hires(monthly, width),
        synthetic=facts.invented,
    )


def draw_hires(monthly: pl.DataFrame, width: int) -> Drawing:
    """Hires above zero, new jobs at the foot where they compare best; departures below."""
    order = {key: rank for rank, key in enumerate(FLOWS)}
    months = monthly["month"].to_list()
    values = [
        {
            "month": short_month_text(row["month"]),
            "flow": FLOWS[key][0],
            "jobs": row[key] * FLOWS[key][2],
            "order": rank,
        }
        for row in monthly.iter_rows(named=True)
        for key, rank in order.items()
    ]
    names, colours, _ = zip(*FLOWS.values(), strict=True)
    narrow = width <= NARROW
    labelled = [short_month_text(m) for m in months if m % (6 if narrow else 3) == 0]
    axis = alt.Axis(values=labelled, labelAngle=0, grid=False, domain=False, ticks=False, labelPadding=6)
    legend = alt.Legend(title=None, orient="top", columns=3 if narrow else 5, symbolType="square")
    bars = (
        drawn(values)
        .mark_bar(stroke=WHITE, strokeWidth=0.6)
        .encode(
            x=alt.X("month:N", sort=[short_month_text(m) for m in months], title=None, axis=axis),
            y=alt.Y("jobs:Q", title=None, axis=alt.Axis(tickCount=6, format=",d", domain=False)),
            color=alt.Color("flow:N", scale=alt.Scale(domain=names, range=colours), legend=legend),
            order=alt.Order("order:Q"),
        )
    )
    zero = drawn([{"zero": 0}]).mark_rule(color=INK).encode(y="zero:Q")
    return alt.layer(bars, zero).properties(
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
        "Des signes à vérifier, pas des fautes prouvées. Un recrutement peut relever de plusieurs lignes : elles ne "
        "s’additionnent pas. « Écarté » : ce qui serait dû si les conditions étaient tenues pour remplies."
    )
    return Table("verite_emplois", "Ce qui a l’air d’un emploi nouveau et n’en est pas un", columns, rows, note=note)


def concerned(facts: Facts, kind: str, found: pl.DataFrame) -> pl.DataFrame:
    """The amounts that cases of a kind bear on: of that hiring, of that year, or all of the person in the firm."""
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
