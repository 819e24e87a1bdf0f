"""Frames and offer together: every rule evaluated for every row, on the engine asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from minassa.engine import Offer, evaluate
from minassa.entitlements.frames import Frames

Span = tuple[int, int]
KEPT_RULES = {"employee_period": ("income_tax_due",)}
"""Rules kept as columns though they are neither amounts nor conditions: sources are confronted with them."""


def regime_cuts(offer: Offer, first: int, last: int) -> list[int]:
    """Months inside a calendar year from which the law of employee-periods is another one."""
    return [month for month, _, _ in offer.intervals("employee_period", first, last) if month % 12]


def spans(offer: Offer, by_grain: Mapping[str, pl.DataFrame]) -> dict[str, Span]:
    """First and last month of each frame, by the column that dates its law."""
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


def wanted_rules(offer: Offer, grain: str, span: Span) -> list[str]:
    """Names of the rules that become columns of a grain: amounts, conditions, entitlements and a few more."""
    names: set[str] = set(KEPT_RULES.get(grain, ()))
    for _, _, law in offer.intervals(grain, *span):
        names |= {r.name for r in law.rules.values() if r.kind in {"amount", "condition", "entitled"}}
    return sorted(names)


def computed(
    offer: Offer, frames: Frames, more: Mapping[str, Iterable[str]] | None = None
) -> dict[str, pl.DataFrame]:
    """Each frame with the columns of its rules beside its own; rows keep their order.

    `more` names further rules to keep as columns, by grain.
    """
    by_grain = frames.by_grain()
    inputs: dict[str, Any] = {grain: inputs_of(offer, grain, frame).lazy() for grain, frame in by_grain.items()}
    span = spans(offer, by_grain)
    wanted = {g: [*wanted_rules(offer, g, span[g]), *(more or {}).get(g, ())] for g in by_grain}
    results = evaluate(offer, inputs, span, wanted)
    done: dict[str, pl.DataFrame] = {}
    for grain, frame in by_grain.items():
        result = results[grain].collect(engine="streaming")
        done[grain] = rejoined(offer, grain, frame, result)
    return done


def rejoined(offer: Offer, grain: str, frame: pl.DataFrame, result: pl.DataFrame) -> pl.DataFrame:
    """The frame with the computed columns beside its own, row by row on the keys of the grain."""
    keys = list(offer.grains[grain].keys)
    new = [n for n in result.columns if n not in frame.columns]
    typed = result.select(*(pl.col(k).cast(frame.schema[k]) for k in keys), *new)
    return frame.join(typed, on=keys, how="left", maintain_order="left")
