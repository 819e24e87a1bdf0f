"""Turns the rules in force into layers of column expressions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import narwhals as nw

from minassa.engine.graph import consumers, order
from minassa.engine.offers import Resolved

Layers = list[dict[str, nw.Expr]]


def layers(resolved: Resolved, wanted: Iterable[str], given: Iterable[str] = ()) -> Layers:
    """Expressions to add one layer after the other so that every wanted rule becomes a column.

    A rule that only one other reads, and that nobody asked for, is written inside its reader: it never
    becomes a column. Names in `given` are columns already (cached results of a former evaluation).
    """
    ready = frozenset(given)
    kept = frozenset(wanted)
    needed = _needed(resolved, kept, ready)
    uses = consumers({n: resolved.rules[n] for n in needed})
    built: dict[str, Any] = {}
    depth: dict[str, int] = {}
    stacked: Layers = []
    for name in order({n: resolved.rules[n] for n in needed}):
        expression, level = _build(resolved, name, built, depth)
        if name not in kept and uses[name] == 1:
            built[name], depth[name] = expression, level
            continue
        while len(stacked) <= level:
            stacked.append({})
        stacked[level][name] = as_column(expression)
        built[name], depth[name] = nw.col(name), level + 1
    return stacked


def _needed(resolved: Resolved, wanted: frozenset[str], ready: frozenset[str]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name in found or name not in resolved.rules or name in ready:
            continue
        found.add(name)
        waiting.extend(resolved.rules[name].inputs)
    return frozenset(found)


def _build(resolved: Resolved, name: str, built: Mapping[str, Any], depth: Mapping[str, int]) -> tuple[Any, int]:
    """The expression of one rule, and the layer at which its columns are there."""
    rule = resolved.rules[name]
    arguments: dict[str, Any] = {}
    level = 0
    for wanted in rule.inputs:
        if wanted in built:
            arguments[wanted] = built[wanted]
            level = max(level, depth[wanted])
        elif wanted in resolved.figures:
            arguments[wanted] = resolved.figures[wanted].value
        else:
            arguments[wanted] = nw.col(wanted)
    return rule.body(**arguments), level


def as_column(expression: Any) -> nw.Expr:
    """A plain value (a rule that rests on figures alone) as a column; 64-bit whole numbers, so engines agree."""
    if isinstance(expression, nw.Expr):
        return expression
    if isinstance(expression, bool):
        return nw.lit(expression)
    return nw.lit(expression, dtype=nw.Int64)
