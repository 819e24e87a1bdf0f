"""Sources that disagree: how often, what it would change, and in which firms most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from minassa.steering.identity import INK_SOFT, WAITING, WRONG
from minassa.steering.lexicon import word
from minassa.steering.report.charts import NARROW, Chart, Drawing, chart, drawn, money_axis
from minassa.steering.report.facts import Facts
from minassa.steering.report.tables import Column, Table
from minassa.steering.report.wording import count_text, short_money_text

TOP_FIRMS = 20


@dataclass(frozen=True)
class DiscrepanciesSection:
    """The section on discrepancies."""

    chart: Chart
    firms: Table
    count: int
    effect: int


def discrepancies_section(facts: Facts) -> DiscrepanciesSection:
    """The section on discrepancies of a run."""
    found = facts.run.table("discrepancies").collect()
    return DiscrepanciesSection(
        chart=_chart(facts, found),
        firms=firms_table(facts, found),
        count=found.height,
        effect=int(found["effect_cents"].sum() or 0),
    )


def sums(found: pl.DataFrame, key: str) -> pl.DataFrame:
    """Discrepancies by a key: how many, how many firms, what would be added, what would be taken away, in centimes."""
    effect = pl.col("effect_cents")
    return found.group_by(key).agg(
        pl.len().alias("count"),
        pl.col("affiliation").n_unique().alias("firms"),
        effect.filter(effect > 0).sum().alias("more"),
        effect.filter(effect < 0).sum().alias("less"),
        effect.sum().alias("net"),
        effect.abs().sum().alias("moved"),
    )


def _chart(facts: Facts, found: pl.DataFrame) -> Chart:
    ordered = sums(found, "kind").sort(["moved", "count", "kind"], descending=[True, True, False])
    rows = [{**row, "kind": word("discrepancies", row["kind"])} for row in ordered.iter_rows(named=True)]
    columns = (
        Column("kind", "Désaccord"),
        Column("count", "Cas", "count"),
        Column("firms", "Entreprises", "count"),
        Column("more", "En plus", "signed_money"),
        Column("less", "En moins", "signed_money"),
        Column("net", "Effet net", "signed_money"),
    )
    note = (
        "Effet : ce que seraient l’AIR et la PAF si l’autre source disait vrai, moins le calcul. « En plus » : "
        "l’État devrait davantage. Les désaccords sans effet chiffré (jours, dates, absences) comptent pour zéro."
    )
    names = ("count", "more", "less", "net")
    everything = {"kind": "Ensemble", "firms": None, **{name: sum(row[name] for row in rows) for name in names}}
    table = Table("discordances", "Désaccords entre sources, par nature", columns, rows, everything, note)
    return chart(
        "discordances",
        "Ce que les désaccords changeraient",
        "Barres de part et d’autre de zéro, une ligne par nature de désaccord. "
        f"{count_text(found.height)} désaccords, effet net {short_money_text(everything['net'])}.",
        table,
        lambda width: draw_effects(rows, width),
        synthetic=facts.invented,
    )


def draw_effects(rows: list[dict[str, Any]], width: int) -> Drawing:
    """Two bars a line, on each side of zero, under the words; the count of cases beside."""
    marked = [
        {
            "order": rank,
            "label": f"{cut(row['kind'], width)} · {count_text(row['count'])}",
            "amount": row[side],
            "side": side,
        }
        for rank, row in enumerate(rows)
        for side in ("more", "less")
    ]
    base = drawn(marked).encode(
        y=alt.Y("order:O", title=None, axis=None), x=alt.X("amount:Q", title=None, axis=money_axis(width, grid=False))
    )
    colour = alt.Color("side:N", scale=alt.Scale(domain=["more", "less"], range=[WAITING, WRONG]), legend=None)
    bars = base.mark_bar(height=10, yOffset=8).encode(color=colour)
    zero = drawn([{"zero": 0}]).mark_rule(color=INK_SOFT).encode(x="zero:Q")
    labels = (
        base.transform_filter("datum.side == 'more'")
        .mark_text(align="left", dy=-8)
        .encode(x=alt.value(0), text="label:N")
    )
    return alt.layer(bars, zero, labels).properties(width=width - 24, height=alt.Step(38))


def cut(text: str, width: int) -> str:
    """A sentence cut where a drawing of that width ends."""
    room = 40 if width <= NARROW else 90
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def firms_table(facts: Facts, found: pl.DataFrame) -> Table:
    """The firms whose disagreements move most money, then those that have most of them."""
    ordered = sums(found, "affiliation").sort(["moved", "count", "affiliation"], descending=[True, True, False])
    most = found.group_by("affiliation", "kind").len().sort(["len", "kind"], descending=[True, False])
    kinds = most.unique("affiliation", keep="first", maintain_order=True).select("affiliation", "kind")
    named = ordered.head(TOP_FIRMS).join(kinds, on="affiliation", how="left", maintain_order="left")
    rows = [
        {**row, "firm": facts.firm(row["affiliation"]), "kind": word("discrepancies", row["kind"])}
        for row in named.iter_rows(named=True)
    ]
    columns = (
        Column("firm", "Entreprise"),
        Column("affiliation", "Affiliation"),
        Column("count", "Cas", "count"),
        Column("more", "En plus", "signed_money"),
        Column("less", "En moins", "signed_money"),
        Column("net", "Effet net", "signed_money"),
        Column("kind", "Le plus souvent"),
    )
    return Table(
        "discordances_entreprises", f"Les {TOP_FIRMS} entreprises où les désaccords pèsent le plus", columns, rows
    )
