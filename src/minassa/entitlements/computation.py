"""Frames and offer together: every rule evaluated for every row, on the engine asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import polars as pl

from minassa.engine import Offer, Resolved, evaluate
from minassa.entitlements.engines import POLARS, Engine
from minassa.entitlements.frames import Frames
from minassa.vocabulary.periods import month_number

Span = tuple[int, int]
KEPT_KINDS = frozenset({"amount", "condition", "entitled"})
KEPT_RULES = {"employee_period": ("income_tax_due",)}
"""Rules kept as columns though they are neither amounts nor conditions: sources are confronted with them."""


def regime_cuts(offer: Offer, first: int, last: int) -> list[int]:
    """Months inside a calendar year from which the law of employee-periods is another one.

    A new version or value that says the same as the one before cuts nothing: pay would be shared out for no reason.
    """
    laws = offer.intervals("employee_period", first, last)
    changes = [month for (_, _, old), (month, _, new) in pairwise(laws) if not _same_law(old, new)]
    return [month for month in changes if month_number(month) > 1]


def _same_law(old: Resolved, new: Resolved) -> bool:
    """Whether two laws give every row the same values: the same functions, reading the same figures."""
    if old.rules.keys() != new.rules.keys():
        return False
    read = {i for r in new.rules.values() for i in (*r.inputs, r.switch) if i is not None and i in new.figures}
    bodies = all(rule.body is old.rules[name].body for name, rule in new.rules.items())
    inputs = all(rule.inputs == old.rules[name].inputs for name, rule in new.rules.items())
    return bodies and inputs and all(n in old.figures and old.figures[n].value == new.figures[n].value for n in read)


def spans(offer: Offer, by_grain: Mapping[str, pl.DataFrame]) -> dict[str, Span]:
    """First and last month of each frame, by the column that dates its law; (0, 0) for a frame without rows."""
    found: dict[str, Span] = {}
    for grain, frame in by_grain.items():
        dates = frame[offer.grains[grain].date]
        found[grain] = (int(dates.min() or 0), int(dates.max() or 0))  # type: ignore[arg-type]
    return found


def inputs_of(offer: Offer, grain: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of a frame that the offer declares for its grain, whole numbers as 64 bits.

    64 bits everywhere, because a product of two 16-bit columns would overflow in silence on some engines.
    """
    names = [n for n, column in offer.inputs.items() if grain in column.grains]
    lost = sorted(set(names) - set(frame.columns))
    if lost:
        message = f"the frame {grain} lacks the declared columns {', '.join(lost)}"
        raise KeyError(message)
    return frame.select(pl.col(n) if frame.schema[n] == pl.Boolean else pl.col(n).cast(pl.Int64) for n in names)


def kept_rules(offer: Offer, grain: str) -> frozenset[str]:
    """Names of the rules that become columns of a grain, at any date: amounts, conditions, entitlements and a few more.

    Entitlements, which the engine makes of conditions, have no rule of their own: they are named after them.
    """
    rules = [r for r in offer.rules if grain in r.grains]
    made = {f"{r.measure}_entitled" for r in rules if r.kind == "condition"}
    kept = {r.name for r in rules if r.kind in KEPT_KINDS or r.name in KEPT_RULES.get(grain, ())}
    return frozenset(made | kept)


def computed(
    offer: Offer, frames: Frames, more: Mapping[str, Iterable[str]] | None = None, engine: Engine = POLARS
) -> dict[str, pl.DataFrame]:
    """Each frame with the columns of its rules beside its own; rows keep their order.

    A rule that is in force for none of the rows is a column of nulls. `more` names further rules to keep as columns,
    by grain. The rules are evaluated on `engine`.
    """
    by_grain = frames.by_grain()
    inputs: dict[str, Any] = {grain: engine.lend(inputs_of(offer, grain, frame)) for grain, frame in by_grain.items()}
    span = spans(offer, by_grain)
    names = {grain: kept_rules(offer, grain) | set((more or {}).get(grain, ())) for grain in by_grain}
    results = evaluate(offer, inputs, span, {grain: _heard(offer, grain, span[grain], names[grain]) for grain in names})
    done: dict[str, pl.DataFrame] = {}
    for grain, frame in by_grain.items():
        joined = rejoined(offer, grain, frame, engine.take(results[grain]))
        done[grain] = joined.with_columns(_silent(offer, grain, names[grain], joined.columns))
    return done


def _heard(offer: Offer, grain: str, span: Span, names: Iterable[str]) -> list[str]:
    """Those of the rules that some month of the span knows: the engine refuses the others."""
    laws = [law for _, _, law in offer.intervals(grain, *span)]
    return sorted(name for name in names if any(name in law.rules for law in laws))


def _silent(offer: Offer, grain: str, names: Iterable[str], there: Iterable[str]) -> list[pl.Expr]:
    """Columns of nulls for the rules, and the statuses of amounts, that no row has."""
    units = {name: offer.unit_of(grain, name) for name in names}
    units |= {f"{name.removesuffix('_amount')}_status": "status" for name in names if name.endswith("_amount")}
    lost = sorted(units.keys() - set(there))
    return [pl.lit(None, pl.Boolean if units[name] == "boolean" else pl.Int64).alias(name) for name in lost]


def rejoined(offer: Offer, grain: str, frame: pl.DataFrame, result: pl.DataFrame) -> pl.DataFrame:
    """The frame with the computed columns beside its own, row by row on the keys of the grain."""
    keys = list(offer.grains[grain].keys)
    new = [n for n in result.columns if n not in frame.columns]
    typed = result.select(*(pl.col(k).cast(frame.schema[k]) for k in keys), *new)
    return frame.join(typed, on=keys, how="left", maintain_order="left")
