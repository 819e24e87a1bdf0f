"""The offer on one row at a time, on plain values: the bodies of the rules that columns run, for a handful of rows.

Over thousands of rows `computation.computed` is what serves; for a few hundred, laying out columns costs more than
running the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minassa.engine import Offer, Resolved
from minassa.engine.footing import borrowed_rules
from minassa.engine.graph import descendants
from minassa.vocabulary.statuses import Status, weakest

OwnColumns = Mapping[str, frozenset[str]]


class Law:
    """An offer ready to be asked about rows: what is the same for all rows of a regime is found once."""

    def __init__(self, offer: Offer) -> None:
        """Take an offer; nothing is computed yet."""
        self.offer = offer
        self.own: OwnColumns = {
            grain: frozenset(n for n, column in offer.inputs.items() if grain in column.grains)
            for grain in offer.grains
        }
        self._required: dict[tuple[int, str], tuple[str, ...]] = {}
        self._footing: dict[tuple[int, str], tuple[Status, frozenset[str]]] = {}
        self._resting: dict[tuple[int, str], frozenset[str]] = {}

    def required(self, law: Resolved, measure: str) -> tuple[str, ...]:
        """Names of the conditions of a measure that count in a law, by name."""
        key = (id(law.rules), measure)
        if key not in self._required:
            self._required[key] = tuple(c.name for c in law.conditions(measure) if law.active(c))
        return self._required[key]

    def footing(self, law: Resolved, name: str) -> tuple[Status, frozenset[str]]:
        """The weakest status of a rule within its grain, and the parent's rules that it rests on."""
        key = (id(law.rules), name)
        if key not in self._footing:
            behind = weakest(law.statuses_behind(name))
            self._footing[key] = (behind, borrowed_rules(self.offer, law, name))
        return self._footing[key]

    def resting_on(self, law: Resolved, name: str) -> frozenset[str]:
        """The rules of the grain that read a name, directly or not, and the name itself."""
        key = (id(law.rules), name)
        if key not in self._resting:
            self._resting[key] = descendants(law.rules, [name]) | {name}
        return self._resting[key]


class Row:
    """One row of a grain, with the row above it; its rules are evaluated when asked for, each once."""

    def __init__(self, law: Law, grain: str, columns: Mapping[str, Any], above: Row | None = None) -> None:
        """Place the row under the law of its own month."""
        self.laws = law
        self.grain = grain
        self.columns = columns
        self.above = above
        self.law = law.offer.at(grain, int(columns[law.offer.grains[grain].date]))
        self._known: dict[str, Any] = {}

    def value(self, name: str) -> Any:  # noqa: ANN401 - whatever a rule or a column holds
        """The value of a rule, a figure or a column; None where a rule refuses, as in the columns of a run."""
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> Any:  # noqa: ANN401 - the same
        rule = self.law.rules.get(name)
        if rule is not None:
            read = {wanted: self.value(wanted) for wanted in rule.inputs}
            return None if None in read.values() else rule.body(**read)
        if name in self.law.figures:
            return self.law.figures[name].value
        if self.above is not None and name not in self.laws.own[self.grain]:
            return self.above.value(name)
        return self.columns.get(name)

    def conditions(self, measure: str) -> dict[str, bool]:
        """The conditions of a measure that count for the row, and whether each holds."""
        return {name: bool(self.value(name)) for name in self.laws.required(self.law, measure)}

    def status(self, name: str) -> Status:
        """The weakest status that a rule of the row rests on, those behind the row above included."""
        own, lent = self.laws.footing(self.law, name)
        above = self.above
        if above is None:
            return own
        return weakest((own, *(above.status(rule) for rule in lent if rule in above.law.rules)))

    def met(self, condition: str) -> Row:
        """The same row as if a condition held, whatever it says."""
        return self.changed(condition, int(True))

    def changed(self, name: str, value: int) -> Row:
        """The same row with another value for a column, or for a rule whatever its body says.

        What does not rest on it is not evaluated again.
        """
        other = Row(self.laws, self.grain, {**self.columns, name: value}, self.above)
        gone = self.laws.resting_on(self.law, name)
        other._known = {known: held for known, held in self._known.items() if known not in gone}
        other._known[name] = value
        return other

    def under(self, above: Row | None) -> Row:
        """The same row under another row above."""
        return Row(self.laws, self.grain, self.columns, above)
