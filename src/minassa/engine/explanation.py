"""Why one amount is what it is: the tree of rules, inputs and figures behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from minassa.engine.columns import Brackets, Table
from minassa.engine.errors import MissingColumn, NullInput, OutsideDates
from minassa.engine.figures import DatedValue
from minassa.engine.offers import Offer, Resolved
from minassa.engine.rules import Rule
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.statuses import Status, weakest

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Node:
    """One quantity in the tree: what it is, its value, where it comes from, and what it rests on.

    `active` is false for a condition that is switched off: it is told, but the amount does not rest on it.
    """

    name: str
    kind: str
    value: Any
    unit: str
    meaning: str
    grain: str
    texts: tuple[str, ...] = ()
    status: Status | None = None
    weakest: Status | None = None
    active: bool = True
    source: Mapping[str, str | None] = field(default_factory=dict)
    children: tuple[Node, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The tree as plain dictionaries and lists."""
        return {
            "name": self.name,
            "kind": self.kind,
            "value": shown(self.value),
            "unit": self.unit,
            "meaning": self.meaning,
            "texts": list(self.texts),
            "status": self.status.value if self.status else None,
            "weakest": self.weakest.value if self.weakest else None,
            "active": self.active,
            "grain": self.grain,
            "source": dict(self.source),
            "children": [child.as_json() for child in self.children],
        }


def explain(offer: Offer, name: str, grain: str, rows: Mapping[str, Row]) -> Node:
    """The tree of one rule for one row. `rows` gives the row's columns, and its parent's, by grain.

    The rules run on plain values here: the same bodies as on columns, so the tree cannot tell another story.
    OutsideDates when a rule is not in force for its row; MissingColumn or NullInput when a row lacks a value.
    """
    teller = _Teller(offer, rows)
    teller.law(grain).require(name)
    return teller.of_rule(name, grain)


class _Teller:
    """Builds the tree, each quantity once."""

    def __init__(self, offer: Offer, rows: Mapping[str, Row]) -> None:
        self.offer = offer
        self.rows = rows
        self.told: dict[tuple[str, str], Node] = {}

    def law(self, grain: str) -> Resolved:
        """The law that applies to the row of the grain."""
        return self.offer.at(grain, int(self.of_column(self.offer.grains[grain].date, grain).value))

    def of_rule(self, name: str, grain: str) -> Node:
        """The node of a rule, computed from its children's values; an entitlement also tells what is switched off."""
        key = (grain, name)
        if key not in self.told:
            law = self.law(grain)
            rule = law.require(name)
            children = [self.of_name(wanted, grain, law) for wanted in rule.inputs]
            known = [rule.status, *law.switch_statuses(rule), *(c.weakest for c in children if c.weakest is not None)]
            value = rule.body(**{child.name: child.value for child in children})
            if rule.kind == "entitled" and rule.measure is not None:
                children += [self.of_idle(c, grain) for c in law.conditions(rule.measure) if not law.active(c)]
            self.told[key] = Node(
                name=name,
                kind=rule.kind,
                value=value,
                unit=rule.unit,
                meaning=rule.meaning,
                grain=grain,
                texts=rule.texts,
                status=rule.status,
                weakest=weakest(known),
                active=law.active(rule),
                children=tuple(children),
            )
        return self.told[key]

    def of_idle(self, condition: Rule, grain: str) -> Node:
        """The node of a condition that is switched off; without a value where it could not be computed anyway."""
        try:
            return self.of_rule(condition.name, grain)
        except OutsideDates:
            return Node(
                name=condition.name,
                kind=condition.kind,
                value=None,
                unit=condition.unit,
                meaning=condition.meaning,
                grain=grain,
                texts=condition.texts,
                status=condition.status,
                active=False,
            )

    def of_name(self, name: str, grain: str, law: Resolved) -> Node:
        """The node of whatever a rule reads: another rule, a figure, or a column or a rule of the parent."""
        if name in law.rules:
            return self.of_rule(name, grain)
        if name in law.figures:
            return self.of_figure(name, grain, law.figures[name])
        parent = self.offer.grains[grain].parent
        above = parent is not None and parent in self.rows
        if parent is not None and above and not self._own(name, grain):
            return self.of_rule(name, parent) if name in self.offer.rule_names(parent) else self.of_column(name, parent)
        return self.of_column(name, grain)

    def _own(self, name: str, grain: str) -> bool:
        return name in self.offer.inputs and grain in self.offer.inputs[name].grains

    def of_figure(self, name: str, grain: str, value: DatedValue) -> Node:
        """The node of a figure: its source and the day it was last reviewed."""
        figure = self.offer.figures[name]
        article = value.source.text if value.source.article is None else f"{value.source.text}#{value.source.article}"
        return Node(
            name=name,
            kind="figure",
            value=value.value,
            unit=figure.unit,
            meaning=figure.description,
            grain=grain,
            texts=(article,),
            status=value.status,
            weakest=value.status,
            source={
                "url": value.source.url,
                "note": value.source.note,
                "reviewed_on": value.reviewed_on.isoformat(),
                "starts": format_month(value.starts),
            },
        )

    def of_column(self, name: str, grain: str) -> Node:
        """The node of a column of the row; MissingColumn or NullInput when it has no value."""
        row = self.rows[grain]
        if name not in row:
            raise MissingColumn(f"La ligne de {grain} n'a pas la colonne {name}, ni la ligne au-dessus d'elle.")
        if row[name] is None:
            raise NullInput(f"La colonne {name} de la ligne de {grain} est vide ; une inconnue a une valeur neutre.")
        declared = self.offer.inputs.get(name)
        return Node(
            name=name,
            kind="input",
            value=row[name],
            unit=declared.unit if declared else "",
            meaning=declared.meaning if declared else "",
            grain=grain,
        )


def shown(value: Any) -> Any:
    """A figure's value as plain data: tables and brackets become dictionaries and lists."""
    if isinstance(value, Table):
        return {**{str(code): amount for code, amount in value.entries}, "*": value.default}
    if isinstance(value, Brackets):
        return [list(step) for step in zip(value.thresholds, value.rates, strict=True)]
    return value
