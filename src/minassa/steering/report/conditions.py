"""Conditions: which fails most, and what each withholds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from minassa.engine import Offer
from minassa.entitlements.amounts import condition_names, grain_of
from minassa.steering.identity import ACTION, INK_SOFT
from minassa.steering.lexicon import rule_label
from minassa.steering.report.charts import NARROW, Chart, Drawing, chart, drawn
from minassa.steering.report.facts import Facts, total
from minassa.steering.report.tables import Column, Table
from minassa.steering.report.wording import short_money_text

SHOWN = 10
DEEP = "eligibility"
"""The support whose conditions make « the firm is eligible »: looked into one level further down."""


@dataclass(frozen=True)
class ConditionsSection:
    """The section on conditions."""

    chart: Chart
    eligibility: Table
    switched_off: Table
    withheld: int
    to_come: int


def conditions_section(facts: Facts) -> ConditionsSection:
    """The section on conditions of a run."""
    refused = with_required(facts)
    rows = costs(facts, refused)
    still = refused.filter(~pl.col("to_come"))
    return ConditionsSection(
        chart=_chart(facts, rows),
        eligibility=eligibility_table(facts, still),
        switched_off=_switched_off(facts),
        withheld=total(still, "waived_cents"),
        to_come=total(refused.filter("to_come"), "expected_cents"),
    )


def with_required(facts: Facts) -> pl.DataFrame:
    """The amounts without right, with `missing`: the bits of `unmet` that the law of the row requires."""
    refused = facts.amounts.filter(~pl.col("entitled"))
    masks = [
        {"measure": m, "period_start": month, "required": required_bits(facts.offer, m, month)}
        for m, month in refused.select("measure", "period_start").unique().iter_rows()
    ]
    schema = {"measure": pl.String, "period_start": pl.Int32, "required": pl.Int32}
    joined = refused.join(pl.DataFrame(masks, schema=schema), on=["measure", "period_start"], how="left")
    return joined.with_columns((pl.col("unmet") & pl.col("required")).alias("missing"))


def required_bits(offer: Offer, measure: str, month: int) -> int:
    """The bits of the conditions of a measure that are in force and switched on in a month."""
    law = offer.at(grain_of(offer, measure), month)
    active = {c.name for c in law.conditions(measure) if law.active(c)}
    return sum(1 << rank for rank, name in enumerate(condition_names(offer, measure)) if name in active)


def costs(facts: Facts, refused: pl.DataFrame) -> list[dict[str, Any]]:
    """Each condition of each measure that fails somewhere: how often, and what it withholds, dearest first."""
    rows = []
    for measure in facts.measures:
        mine = refused.filter(pl.col("measure") == measure)
        for rank, name in enumerate(condition_names(facts.offer, measure)):
            failing = mine.filter((pl.col("missing") & (1 << rank)) != 0)
            if failing.height:
                rows.append(
                    {
                        "measure": measure.upper(),
                        "condition": rule_label(facts.offer, name),
                        **_cost(failing, 1 << rank),
                    }
                )
    return sorted(rows, key=lambda row: (-row["alone"], -row["failing"], row["condition"]))


def _cost(failing: pl.DataFrame, bit: int) -> dict[str, int]:
    lost = failing.filter(~pl.col("to_come"))
    alone = lost.filter(pl.col("missing") == bit)
    return {
        "failing": failing.height,
        "alone": total(alone, "waived_cents"),
        "alone_rows": alone.height,
        "all": total(lost, "waived_cents"),
        "to_come": total(failing.filter("to_come"), "expected_cents"),
    }


def _chart(facts: Facts, rows: list[dict[str, Any]]) -> Chart:
    columns = (
        Column("measure", "Mesure"),
        Column("condition", "Condition requise"),
        Column("failing", "Fois non remplie", "count"),
        Column("alone_rows", "Seule à manquer", "count"),
        Column("alone", "Non versé par elle seule", "money"),
        Column("all", "Non versé, elle et d’autres", "money"),
        Column("to_come", "Peut encore venir", "money"),
    )
    note = (
        "Non versé : le montant que les mêmes règles donneraient si toutes les conditions de la mesure étaient tenues "
        "pour remplies. Une ligne à laquelle plusieurs manquent compte à chacune : les colonnes ne s’additionnent pas."
    )
    table = Table("conditions", "Conditions non remplies", columns, rows, note=note)
    worst = rows[0] if rows else None
    told = (
        f"La plus chère : « {worst['condition']} » ({worst['measure']}), {short_money_text(worst['alone'])}."
        if worst
        else "Aucune condition ne manque."
    )
    return chart(
        "conditions",
        "Ce que chaque condition retient à elle seule",
        f"Barres horizontales, une par condition et mesure, de la plus chère à la moins chère. {told}",
        table,
        lambda width: draw_costs(rows[:SHOWN], width),
        synthetic=facts.invented,
    )


def draw_costs(rows: list[dict[str, Any]], width: int) -> Drawing:
    """Bars under their own labels, so that long French sentences fit a phone."""
    marked = [{**row, "order": rank, "text": short_money_text(row["alone"])} for rank, row in enumerate(rows)]
    marked = [{**row, "label": f"{row['measure']} · {shortened(row['condition'], width)}"} for row in marked]
    base = drawn(marked).encode(
        y=alt.Y("order:O", title=None, axis=None),
        x=alt.X("alone:Q", title=None, axis=None, scale=alt.Scale(domainMin=0)),
    )
    bars = base.mark_bar(height=10, color=ACTION, cornerRadiusEnd=2, yOffset=8)
    labels = base.mark_text(align="left", dy=-8, fontSize=12).encode(x=alt.value(0), text="label:N")
    amounts = base.mark_text(align="left", dx=6, dy=8, color=INK_SOFT, fontSize=12).encode(text="text:N")
    plot = width - 110 if width <= NARROW else width - 130
    return alt.layer(bars, labels, amounts).properties(width=plot, height=alt.Step(40))


def shortened(text: str, width: int) -> str:
    """A sentence cut where a drawing of that width ends."""
    room = 42 if width <= NARROW else 96
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def eligibility_table(facts: Facts, refused: pl.DataFrame) -> Table:
    """Behind « the firm is eligible »: which requirement the firm misses, and what it withholds when alone."""
    names = sorted({r.name for r in facts.offer.rules if r.kind == "condition" and r.measure == DEEP})
    held = facts.run.table("firm_year")
    known = held.collect_schema().names()
    names = [n for n in names if n in known]
    years = held.select(
        "affiliation", "year", "closing_month", *(pl.col(n).fill_null(value=True) for n in names)
    ).collect()
    missing = [_missing(facts.offer, years, n) for n in names]
    firm_years = years.with_columns(**dict(zip(names, missing, strict=True)))
    alone = pl.sum_horizontal(pl.col(n).cast(pl.Int32) for n in names) == 1
    joined = only_ineligible(facts, refused).join(
        firm_years.with_columns(alone.alias("alone")), on=["affiliation", "year"]
    )
    rows: list[dict[str, Any]] = [
        {
            "condition": rule_label(facts.offer, name),
            "firms": firm_years.filter(pl.col(name))["affiliation"].n_unique(),
            "years": firm_years.filter(pl.col(name)).height,
            "alone": total(joined.filter(pl.col(name) & pl.col("alone")), "waived_cents"),
        }
        for name in names
    ]
    columns = (
        Column("condition", "Exigence"),
        Column("firms", "Entreprises", "count"),
        Column("years", "Exercices", "count"),
        Column("alone", "Non versé par elle seule", "money"),
    )
    ordered = sorted((row for row in rows if row["years"]), key=lambda row: -row["alone"])
    return Table("eligibilite", "« Entreprise éligible » : l’exigence qui manque", columns, ordered)


def _missing(offer: Offer, years: pl.DataFrame, name: str) -> pl.Series:
    """Whether a condition that its law requires fails, for each firm-year."""
    required = {}
    for month in years["closing_month"].unique().to_list():
        law = offer.at("firm_year", month)
        required[month] = name in law.rules and law.active(law.rules[name])
    asked = years["closing_month"].replace_strict(required, return_dtype=pl.Boolean)
    return ~years[name] & asked


def only_ineligible(facts: Facts, refused: pl.DataFrame) -> pl.DataFrame:
    """The amounts to which nothing is missing but the eligibility of the firm, with the year of the firm's accounts."""
    parts = []
    for measure in facts.measures:
        names = condition_names(facts.offer, measure)
        bits = sum(1 << rank for rank, name in enumerate(names) if rests_on_eligibility(facts.offer, name))
        parts.append(refused.filter((pl.col("measure") == measure) & (pl.col("missing") == bits) & (pl.lit(bits) != 0)))
    year = (
        pl.when(pl.col("hired_month") > 0)
        .then(pl.max_horizontal("period_start", "hired_month"))
        .otherwise("period_start")
    )
    return pl.concat(parts).with_columns((year // 12).cast(pl.Int32).alias("year"))


def rests_on_eligibility(offer: Offer, name: str) -> bool:
    """Whether a condition reads whether the firm is eligible."""
    return any(f"{DEEP}_entitled" in r.inputs for r in offer.rules if r.name == name)


def _switched_off(facts: Facts) -> Table:
    """Conditions that the law of the last month knows and does not require: what they would touch."""
    rows = []
    for measure in facts.measures:
        law = facts.offer.at(grain_of(facts.offer, measure), facts.until)
        due = facts.due.filter(pl.col("measure") == measure)
        for rank, name in enumerate(condition_names(facts.offer, measure)):
            rule = law.rules.get(name)
            if rule is None or law.active(rule):
                continue
            touched = due.filter((pl.col("unmet") & (1 << rank)) != 0)
            label = rule_label(facts.offer, name)
            rows.append(
                {"measure": measure.upper(), "condition": label, "lines": touched.height, "due": total(touched)}
            )
    columns = (
        Column("measure", "Mesure"),
        Column("condition", "Condition écrite, non requise"),
        Column("lines", "Droits qui ne la remplissent pas", "count"),
        Column("due", "Dû à ces droits", "money"),
    )
    return Table("conditions_proposees", "Conditions proposées, qui ne coûtent rien aujourd’hui", columns, rows)
