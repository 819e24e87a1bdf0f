"""Turns the rules in force into layers of column expressions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import narwhals as nw

from minassa.engine.columns import as_column
from minassa.engine.graph import consumers, order
from minassa.engine.offers import Resolved
from minassa.engine.rules import Rule

Layers: TypeAlias = list[dict[str, nw.Expr]]
Columns: TypeAlias = Mapping[str, nw.Expr]
"""How a column is read, where it must be widened first; by its name otherwise."""


def layers(
    resolved: Resolved, wanted: Iterable[str], given: Iterable[str] = (), columns: Columns | None = None
) -> Layers:
    """Expressions to add one layer after the other so that every wanted rule becomes a column.

    A rule that a single other one reads, once, and that nobody asked for, is written inside its reader: it never
    becomes a column. Rules in `given` are columns already (kept from a former evaluation).
    """
    return _Compilation(resolved, frozenset(wanted), frozenset(given), columns or {}).layers()


class _Compilation:
    """Builds each rule's expression, after those it reads."""

    def __init__(self, law: Resolved, wanted: frozenset[str], given: frozenset[str], columns: Columns) -> None:
        self.law = law
        self.wanted = wanted
        self.columns = columns
        self.needed = needed(law, wanted, given)
        self.uses = consumers(self.needed)
        self.built: dict[str, Any] = {}
        self.depth: dict[str, int] = {}

    def layers(self) -> Layers:
        """The layers, the first one resting on the frame's own columns."""
        stacked: Layers = []
        inlined = self.inlined()
        for name in order(self.needed):
            rule = self.needed[name]
            expression = rule.body(**{i: self.value(i) for i in rule.inputs})
            level = max((self.depth.get(i, 0) for i in rule.inputs), default=0)
            if name in inlined:
                self.built[name], self.depth[name] = expression, level
                continue
            stacked.extend({} for _ in range(level + 1 - len(stacked)))
            stacked[level][name] = typed(expression, rule.unit)
            self.built[name], self.depth[name] = nw.col(name), level + 1
        return stacked

    def value(self, name: str) -> Any:
        """What a rule's parameter holds: another rule, a figure, or a column of the frame."""
        if name in self.built:
            return self.built[name]
        if name in self.law.figures and name not in self.law.rules:
            return self.law.figures[name].value
        return self.columns.get(name, nw.col(name))

    def inlined(self) -> frozenset[str]:
        """Rules that nobody asked for and that stand once in the expression of their only reader.

        Written twice in a reader that is itself written twice, and so on, an expression would double at each rule.
        """
        once: set[str] = set()
        for reader in self.needed.values():
            single = [i for i in reader.inputs if i in self.needed and i not in self.wanted and self.uses[i] == 1]
            if single:
                text = repr(reader.body(**{i: self.probe(i) for i in reader.inputs}))
                once.update(i for i in single if text.count(f"col({i})") <= 1)
        return frozenset(once)

    def probe(self, name: str) -> Any:
        """The parameter as a bare column, to count how often a body writes it."""
        if name in self.law.figures and name not in self.law.rules:
            return self.law.figures[name].value
        return nw.col(name)


def needed(law: Resolved, wanted: Iterable[str], given: Iterable[str] = ()) -> dict[str, Rule]:
    """The rules to compute: those wanted and, down to what is given, those they rest on."""
    found: dict[str, Rule] = {}
    known = frozenset(given)
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name not in found and name in law.rules and name not in known:
            found[name] = law.rules[name]
            waiting.extend(found[name].inputs)
    return found


def columns_read(law: Resolved, wanted: Iterable[str], given: Iterable[str] = ()) -> frozenset[str]:
    """Columns that must be there for the rules wanted: the frame's own, the parent's, and rules that are given."""
    rules = needed(law, wanted, given)
    read = {i for r in rules.values() for i in r.inputs}
    return frozenset(n for n in read if n not in rules and (n in law.rules or n not in law.figures))


def typed(expression: Any, unit: str) -> nw.Expr:
    """The expression as a column of its unit's type: the same in every regime and on every engine."""
    return as_column(expression).cast(type_of(unit))


def type_of(unit: str) -> nw.dtypes.DType:
    """The type of a rule's column: true and false, or whole numbers of 64 bits."""
    return nw.Boolean() if unit == "boolean" else nw.Int64()
