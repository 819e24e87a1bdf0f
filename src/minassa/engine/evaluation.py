"""Evaluates an offer over lazy frames (Polars, DuckDB, Spark), across every regime that the rows span."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import narwhals as nw

from minassa.engine.compilation import layers
from minassa.engine.errors import MissingColumn
from minassa.engine.offers import Offer, Resolved, known_columns, statuses_behind
from minassa.vocabulary.statuses import rank, weakest

Frame = Any
"""A lazy frame of any engine that narwhals knows: polars.LazyFrame, duckdb relation, Spark data frame."""
Spans = Mapping[str, tuple[int, int]]
STATUS = "_status"


def evaluate(
    offer: Offer,
    frames: Mapping[str, Frame],
    spans: Spans,
    wanted: Mapping[str, Iterable[str]] | None = None,
) -> dict[str, Frame]:
    """Every frame with the columns of its rules added, as lazy frames of the engine they came from.

    `spans` gives, per grain, the first and last month (index) of its rows: rows outside are left out.
    `wanted` limits the rules that become columns, per grain; by default all amounts, conditions and entitlements.
    A measure that is not in force for a row has nulls there: the rule refuses, it does not return zero.
    Each amount is accompanied by `<measure>_status`, the rank of the weakest status it rests on.
    """
    done: dict[str, nw.LazyFrame[Any]] = {}
    for grain in _parents_first(offer, frames):
        first, last = spans[grain]
        names = _names(offer, grain, first, last, wanted)
        parts = [
            _part(offer, nw.from_native(frames[grain]).lazy(), done, span, names)
            for span in offer.intervals(grain, first, last)
        ]
        done[grain] = parts[0] if len(parts) == 1 else nw.concat(parts, how="vertical")
    return {grain: frame.to_native() for grain, frame in done.items()}


def _parents_first(offer: Offer, frames: Mapping[str, Frame]) -> list[str]:
    return sorted(frames, key=lambda grain: (_depth(offer, grain), grain))


def _depth(offer: Offer, grain: str) -> int:
    parent = offer.grains[grain].parent
    return 0 if parent is None else 1 + _depth(offer, parent)


def _names(
    offer: Offer, grain: str, first: int, last: int, wanted: Mapping[str, Iterable[str]] | None
) -> dict[str, str]:
    """Names that become columns in the grain, with their unit, over all the regimes spanned."""
    units: dict[str, str] = {}
    asked = None if wanted is None else frozenset(wanted.get(grain, ()))
    children = _read_by_children(offer, grain)
    for _, _, resolved in offer.intervals(grain, first, last):
        for rule in resolved.rules.values():
            default = rule.kind in {"amount", "condition", "entitled"}
            if (default if asked is None else rule.name in asked) or rule.name in children:
                units[rule.name] = rule.unit
    return dict(sorted(units.items()))


def _read_by_children(offer: Offer, grain: str) -> frozenset[str]:
    below = {g.name for g in offer.grains.values() if g.parent == grain}
    return frozenset(i for r in offer.rules for i in r.inputs if below.intersection(r.grains))


def _part(
    offer: Offer,
    frame: nw.LazyFrame[Any],
    done: Mapping[str, nw.LazyFrame[Any]],
    span: tuple[int, int, Resolved],
    names: Mapping[str, str],
) -> nw.LazyFrame[Any]:
    """The rows of one constant regime, with its rules evaluated."""
    first, last, resolved = span
    grain = offer.grains[resolved.grain]
    rows = frame.filter(nw.col(grain.date) >= first, nw.col(grain.date) <= last)
    own = rows.collect_schema().names()
    joined, borrowed = join_parent(offer, rows, done, resolved, own)
    here = [name for name in names if name in resolved.rules]
    refuse_missing(offer, resolved, here, [*own, *borrowed])
    for layer in layers(resolved, here):
        joined = joined.with_columns(**layer)
    return joined.select(
        *own,
        *(nw.col(n) if n in resolved.rules else _refused(unit).alias(n) for n, unit in names.items()),
        *_status_columns(offer, resolved, names, done),
    )


def join_parent(
    offer: Offer, rows: nw.LazyFrame[Any], done: Mapping[str, nw.LazyFrame[Any]], resolved: Resolved, own: list[str]
) -> tuple[nw.LazyFrame[Any], list[str]]:
    """Rows with the columns that their rules read from the parent grain, and the names of these."""
    grain = offer.grains[resolved.grain]
    if grain.parent is None or grain.parent not in done:
        return rows, []
    above = done[grain.parent]
    available = above.collect_schema().names()
    read = {i for r in resolved.rules.values() for i in r.inputs}
    borrowed = sorted(n for n in read if n in available and n not in own and n not in resolved.rules)
    if not borrowed:
        return rows, []
    keys = list(grain.parent_keys)
    return rows.join(above.select(*keys, *borrowed), on=keys, how="left"), borrowed


def refuse_missing(offer: Offer, resolved: Resolved, names: Iterable[str], columns: Iterable[str]) -> None:
    """MissingColumn when the rules asked for read a declared column that the frame does not hold."""
    needed = {i for n in names for r in resolved.behind(n) for i in resolved.rules[r].inputs}
    declared = known_columns(offer, resolved.grain, resolved.month)
    lost = sorted((needed & declared) - set(columns) - set(resolved.rules) - set(resolved.figures))
    if lost:
        message = f"the frame {resolved.grain} lacks {', '.join(lost)}; see the declared columns of the offer"
        raise MissingColumn(message)


def _refused(unit: str) -> nw.Expr:
    return nw.lit(None, dtype=nw.Boolean() if unit == "boolean" else nw.Int64())


def _status_columns(
    offer: Offer, resolved: Resolved, names: Mapping[str, str], done: Mapping[str, nw.LazyFrame[Any]]
) -> list[nw.Expr]:
    """For each amount of the frame, the rank of the weakest status behind it in this regime."""
    columns = []
    for measure in offer.measures:
        name = f"{measure}_amount"
        if name in names:
            column = _refused("count") if name not in resolved.rules else nw.lit(
                rank(weakest_behind(offer, resolved, name, done)), dtype=nw.Int64
            )
            columns.append(column.alias(f"{measure}{STATUS}"))
    return columns


def weakest_behind(offer: Offer, resolved: Resolved, name: str, grains: Iterable[str] = ()) -> Any:
    """The weakest status among the rules and figures behind a rule, those of the parent grains included."""
    parents = [offer.at(grain, resolved.month) for grain in grains if grain != resolved.grain]
    return weakest(statuses_behind(resolved, name, parents))
