"""What conditions cost: each amount of a run as it would be if the conditions of its measure all held.

A run holds zero where there is no right, so what a condition withholds cannot be read there. The offer's own rules
are evaluated once more on the rows of the run, with every condition of every measure answered by yes. Nothing else
changes: neither the eligibility figures that an amount reads, nor the law of the month.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from minassa.engine import Offer, evaluate
from minassa.entitlements.amounts import GRAIN_DATES, PERSONLESS, grain_of
from minassa.entitlements.runs import GRAINS, Run

EXPECTED = "_amount_expected"
"""End of the name of the rule that tells what an amount will be if nothing else changes, where a measure has one."""
KEYS = ("affiliation", "person", "period_start", "hired_month")
LABEL = "conditions levées"


def held() -> bool:
    """The condition, answered by yes."""
    return True


def without_conditions(offer: Offer) -> Offer:
    """The offer with every condition of its measures answered by yes; those of supports, eligibility too, are kept."""
    rules = tuple(
        replace(r, body=held, inputs=()) if r.kind == "condition" and r.measure in offer.measures else r
        for r in offer.rules
    )
    return replace(offer, rules=rules, reforms=(*offer.reforms, LABEL))


def waived_amounts(run: Run, offer: Offer) -> pl.DataFrame:
    """Every amount of the run: `amount_cents`, `waived_cents`, `expected_cents`, with its row of the table of amounts.

    `waived_cents` is the amount if all conditions held, in centimes. `expected_cents` is what the measure's own
    forecast says (null for a measure that has none): where it is above zero without any right yet, the right is
    still to come, not lost.
    """
    frames = {grain: _inputs(run, offer, grain) for grain in GRAINS if grain in offer.grains}
    spans = {grain: _span(offer, grain, frame) for grain, frame in frames.items()}
    freed = evaluate(without_conditions(offer), frames, spans, _wanted(offer, frames, "_amount"))
    forecast = evaluate(offer, frames, spans, _wanted(offer, frames, EXPECTED))
    parts = [_of_measure(offer, measure, freed, forecast) for measure in offer.measures]
    return (
        run.table("amounts")
        .join(pl.concat(parts), on=["measure", *KEYS], how="left", maintain_order="left")
        .collect(engine="streaming")
    )


def _inputs(run: Run, offer: Offer, grain: str) -> pl.LazyFrame:
    """The columns of a grain that rules may read, as whole numbers of 64 bits, and the first month of its periods."""
    table = run.table(grain)
    schema = table.collect_schema()
    names = [n for n, column in offer.inputs.items() if grain in column.grains]
    wide = [pl.col(n) if schema[n] == pl.Boolean else pl.col(n).cast(pl.Int64) for n in names]
    start = GRAIN_DATES[grain][0]
    return table.select(*wide, *([] if start in names else [pl.col(start).cast(pl.Int64)]))


def _span(offer: Offer, grain: str, frame: pl.LazyFrame) -> tuple[int, int]:
    dates = pl.col(offer.grains[grain].date)
    first, last = frame.select(dates.min().fill_null(0), dates.max().fill_null(0).alias("last")).collect().row(0)
    return int(first), int(last)


def _wanted(offer: Offer, frames: Mapping[str, pl.LazyFrame], ending: str) -> dict[str, list[str]]:
    names = {f"{measure}{ending}": grain_of(offer, measure) for measure in offer.measures}
    known = {r.name for r in offer.rules}
    return {grain: sorted(n for n, g in names.items() if g == grain and n in known) for grain in frames}


def _of_measure(
    offer: Offer, measure: str, freed: Mapping[str, pl.LazyFrame], forecast: Mapping[str, pl.LazyFrame]
) -> pl.LazyFrame:
    """The keys of the measure's amounts with the two amounts that the run does not hold."""
    grain = grain_of(offer, measure)
    keys = list(offer.grains[grain].keys)
    rows = freed[grain]
    columns = rows.collect_schema().names()
    expected = f"{measure}{EXPECTED}"
    if expected in forecast[grain].collect_schema().names():
        rows = rows.join(forecast[grain].select(*keys, expected), on=keys, how="left")
    else:
        rows = rows.with_columns(pl.lit(None, pl.Int64).alias(expected))
    return rows.select(
        pl.lit(measure).alias("measure"),
        pl.col("affiliation").cast(pl.Int32),
        (pl.col("person") if "person" in columns else pl.lit(PERSONLESS)).cast(pl.Int64).alias("person"),
        pl.col(GRAIN_DATES[grain][0]).cast(pl.Int32).alias("period_start"),
        (pl.col("hired_month") if "hired_month" in columns else pl.lit(0)).cast(pl.Int32).alias("hired_month"),
        pl.col(f"{measure}_amount").cast(pl.Int64).alias("waived_cents"),
        pl.col(expected).cast(pl.Int64).alias("expected_cents"),
    )
