"""Legal certainty: on what footing the total stands, and which figures and rules carry how much of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from minassa.engine import Offer, Resolved, shown
from minassa.entitlements.amounts import grain_of
from minassa.steering.identity import STATUS_COLOURS, WHITE
from minassa.steering.lexicon import rule_label
from minassa.steering.report.charts import NARROW, Chart, Drawing, chart, drawn
from minassa.steering.report.citations import citation, cited
from minassa.steering.report.facts import Facts
from minassa.steering.report.tables import Column, Table
from minassa.steering.report.values import value_text
from minassa.steering.report.wording import share
from minassa.vocabulary.rates import format_rate
from minassa.vocabulary.statuses import Status, label, rank

BY_RANK = {rank(status): status for status in Status}
FIRM = (Status.OFFICIAL, Status.PRESS, Status.INFERRED)
"""Statuses of what was read somewhere, or follows from what was."""

Piece = tuple[str, str]
"""A rule or a figure: its kind and its name."""


@dataclass(frozen=True)
class CertaintySection:
    """The section on legal certainty."""

    chart: Chart
    figures: Table
    rules: Table
    firm_share: int
    weakest: Status | None
    pieces: int
    unread: int


def certainty_section(facts: Facts) -> CertaintySection:
    """The section on certainty of a run."""
    by_status = by_weakest(facts)
    carried = amounts_carried(facts)
    everything = sum(by_status.values())
    statuses = statuses_of(facts, carried)
    found = [*statuses["figure"], *statuses["rule"]]
    return CertaintySection(
        chart=_chart(facts, by_status, statuses),
        figures=figures_table(facts, carried),
        rules=rules_table(facts, carried),
        firm_share=share(sum(by_status.get(status, 0) for status in FIRM), everything),
        weakest=max((s for s, cents in by_status.items() if cents), key=rank, default=None),
        pieces=len(found),
        unread=sum(status is not Status.OFFICIAL for status in found),
    )


def by_weakest(facts: Facts, measure: str | None = None) -> dict[Status, int]:
    """What is due, by the weakest status it rests on, in centimes."""
    rows = facts.due if measure is None else facts.due.filter(pl.col("measure") == measure)
    summed = rows.group_by("status").agg(pl.col("amount_cents").sum())
    found = {BY_RANK[status]: int(cents) for status, cents in summed.iter_rows()}
    return {status: found.get(status, 0) for status in Status}


def statuses_of(facts: Facts, carried: dict[tuple[Piece, int], int]) -> dict[str, list[Status]]:
    """The status of every dated figure, and of every dated rule, behind the total."""
    found: dict[str, list[Status]] = {"figure": [], "rule": []}
    for (kind, name), starts in carried:
        dated = (
            facts.offer.figures[name].values if kind == "figure" else [r for r in facts.offer.rules if r.name == name]
        )
        found[kind].append(next(one.status for one in dated if one.starts == starts))
    return found


def _chart(facts: Facts, by_status: dict[Status, int], pieces: dict[str, list[Status]]) -> Chart:
    everything = sum(by_status.values())
    rows: list[dict[str, Any]] = [
        {"status": status, "due": cents, "share": share(cents, everything)} for status, cents in by_status.items()
    ]
    each = {m: by_weakest(facts, m) for m in facts.measures}
    for row in rows:
        row.update({m: found[row["status"]] for m, found in each.items()})
        row.update({kind: statuses.count(row["status"]) for kind, statuses in pieces.items()})
    columns = (
        Column("status", "Statut le plus faible", "status"),
        *(Column(m, m.upper(), "money") for m in facts.measures),
        Column("due", "Total dû", "money"),
        Column("share", "Part", "rate"),
        Column("figure", "Chiffres de ce statut", "count"),
        Column("rule", "Règles de ce statut", "count"),
    )
    sums = {m: sum(found.values()) for m, found in each.items()}
    total_row = {"status": None, **sums, "due": everything, "share": share(everything, everything)}
    total_row.update({kind: len(statuses) for kind, statuses in pieces.items()})
    note = "Le statut le plus faible de toutes les règles et de tous les chiffres derrière un montant voyage avec lui."
    table = Table("certitude", "Montant dû selon le statut le plus faible", columns, rows, total_row, note)
    parts = [f"{label(s)} {format_rate(share(c, everything))}" for s, c in by_status.items() if c]
    return chart(
        "certitude",
        "Sur quoi repose le total",
        f"Barre unique partagée selon le statut le plus faible : {', '.join(parts) or 'rien n’est dû'}.",
        table,
        lambda width: draw_shares(rows, width),
        synthetic=facts.invented,
    )


def draw_shares(rows: list[dict[str, Any]], width: int) -> Drawing:
    """One bar in parts, each with its word; the smallest go without, the table has them."""
    marked, start = [], 0
    for row in rows:
        if row["due"]:
            text = f"{label(row['status'])} {format_rate(row['share'])}"
            marked.append({"status": label(row["status"]), "from": start, "to": start + row["share"], "text": text})
            start += row["share"]
    named = [m for m in marked if m["to"] - m["from"] >= (4500 if width <= NARROW else 1800)]
    names = [label(s) for s in Status]
    colour = alt.Color(
        "status:N", scale=alt.Scale(domain=names, range=[STATUS_COLOURS[s] for s in Status]), legend=None
    )
    scale = alt.Scale(domain=[0, max(start, 1)], nice=False)
    bar = (
        drawn(marked)
        .mark_bar(height=44, stroke=WHITE, strokeWidth=2)
        .encode(x=alt.X("from:Q", scale=scale, axis=None), x2="to:Q", color=colour)
    )
    text = (
        drawn([{**m, "middle": (m["from"] + m["to"]) // 2} for m in named])
        .mark_text(color=WHITE, fontWeight=600, fontSize=13)
        .encode(x=alt.X("middle:Q", scale=scale, axis=None), text="text:N")
    )
    return alt.layer(bar, text).properties(width=width - 8, height=52)


def amounts_carried(facts: Facts) -> dict[tuple[Piece, int], int]:
    """For each rule and each dated figure (kind, name, first month of the value), what is due that rests on it."""
    carried: dict[tuple[Piece, int], int] = defaultdict(int)
    for row in _due_by_law(facts).iter_rows(named=True):
        for piece in pieces_behind(facts.offer, row["measure"], row["period_start"], row["closing_month"]):
            carried[piece] += row["amount_cents"]
    return dict(carried)


def _due_by_law(facts: Facts) -> pl.DataFrame:
    """What is due by measure, month of the law, and month of the law of the firm's year above it."""
    years = facts.run.table("firm_year").select("affiliation", "year", "closing_month").collect()
    due = facts.due.with_columns((pl.col("period_start") // 12).cast(pl.Int32).alias("year"))
    joined = due.join(years, on=["affiliation", "year"], how="left")
    return joined.group_by("measure", "period_start", "closing_month").agg(pl.col("amount_cents").sum())


def pieces_behind(offer: Offer, measure: str, month: int, closing_month: int | None) -> set[tuple[Piece, int]]:
    """Every rule and figure behind the amount of a measure, in its grain and above it, with its first month."""
    grain = grain_of(offer, measure)
    law = offer.at(grain, month)
    parent = offer.grains[grain].parent
    above = offer.at(parent, closing_month) if parent is not None and closing_month is not None else None
    return _pieces(law, {f"{measure}_amount"}, above)


def _pieces(law: Resolved, names: set[str], above: Resolved | None) -> set[tuple[Piece, int]]:
    reached = {n for name in names if name in law.rules for n in law.behind(name)}
    rules = [law.rules[n] for n in reached]
    found = {(("rule", r.name), r.starts) for r in rules if r.kind != "entitled"}
    figures = {f for n in names if n in law.rules for f in law.figures_behind(n)}
    found |= {(("figure", f), law.figures[f].starts) for f in figures if f in law.figures}
    if above is not None:
        outside = {i for r in rules for i in r.inputs if i in above.rules and i not in law.rules}
        found |= _pieces(above, outside, None)
    return found


def figures_table(facts: Facts, carried: dict[tuple[Piece, int], int]) -> Table:
    """Every figure behind the total: value, status, source, last review, and what rests on it."""
    rows: list[dict[str, Any]] = []
    for ((kind, name), starts), cents in carried.items():
        if kind != "figure":
            continue
        figure = facts.offer.figures[name]
        value = next(v for v in figure.values if v.starts == starts)
        small = f"{value.source.note or ''} Relu le {value.reviewed_on.isoformat()}.".strip()
        source = (*cited(value.source.text, value.source.article, value.source.url), small)
        rows.append(
            {
                "what": figure.description,
                "value": value_text(shown(value.value), figure.unit),
                "from": starts,
                "status": value.status,
                "due": cents,
                "source": source,
                "note": small,
                "name": name,
            }
        )
    columns = (
        Column("what", "Chiffre"),
        Column("value", "Valeur"),
        Column("from", "Depuis", "month"),
        Column("status", "Statut", "status"),
        Column("due", "Dû qui repose dessus", "money"),
        Column("source", "Source", "link"),
        Column("note", "Remarque", exported=True),
        Column("name", "Nom", exported=True),
    )
    ordered = sorted(rows, key=lambda row: (-rank(row["status"]), -row["due"], row["name"], row["from"]))
    note = "Un montant repose sur plusieurs chiffres : ces sommes ne s’additionnent pas. Les moins sûrs d’abord."
    return Table("chiffres_de_loi", "Les chiffres derrière le total", columns, ordered, note=note, shown=80)


def rules_table(facts: Facts, carried: dict[tuple[Piece, int], int]) -> Table:
    """Every rule behind the total: its status, the text it cites, and what rests on it."""
    rows: list[dict[str, Any]] = []
    for ((kind, name), starts), cents in carried.items():
        if kind == "rule":
            rule = next(r for r in facts.offer.rules if r.name == name and r.starts == starts)
            text = next((t for t in rule.texts if not t.startswith("minassa-")), rule.texts[0] if rule.texts else "")
            row = {"what": rule_label(facts.offer, name), "from": starts, "status": rule.status, "due": cents}
            rows.append({**row, "source": (*citation(text), ""), "name": name})
    columns = (
        Column("what", "Règle"),
        Column("from", "Depuis", "month"),
        Column("status", "Statut", "status"),
        Column("due", "Dû qui repose dessus", "money"),
        Column("source", "Texte", "link"),
        Column("name", "Nom", exported=True),
    )
    ordered = sorted(rows, key=lambda row: (-rank(row["status"]), -row["due"], row["name"], row["from"]))
    return Table("regles", "Les règles derrière le total", columns, ordered, shown=80)
