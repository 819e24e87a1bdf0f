"""Why one amount is what it is: the tree of rules, inputs and figures behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from minassa.engine.columns import Brackets, Table
from minassa.engine.errors import MissingColumn
from minassa.engine.figures import DatedValue
from minassa.engine.offers import Offer, Resolved
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.statuses import Status, weakest

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Node:
    """One quantity in the tree: what it is, its value, where it comes from, and what it rests on."""

    name: str
    kind: str
    value: Any
    unit: str
    meaning: str
    texts: tuple[str, ...]
    status: Status | None
    weakest: Status | None
    active: bool
    grain: str
    source: Mapping[str, str | None]
    children: tuple[Node, ...]

    def as_json(self) -> dict[str, Any]:
        """The tree as plain dictionaries and lists."""
        return {
            "name": self.name,
            "kind": self.kind,
            "value": self.value,
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
    """The tree of one rule for one row. `rows` gives the row's columns, and its parents', by grain.

    The rules run on plain values here: the same bodies as on columns, so the tree cannot tell another story.
    OutsideDates when the rule is not in force for the row; MissingColumn when the row lacks a column.
    """
    teller = _Teller(offer, rows)
    return teller.of_rule(teller.law(grain).require(name).name, grain)


class _Teller:
    """Builds the tree, each quantity once."""

    def __init__(self, offer: Offer, rows: Mapping[str, Row]) -> None:
        self.offer = offer
        self.rows = rows
        self.told: dict[tuple[str, str], Node] = {}

    def law(self, grain: str) -> Resolved:
        """The law that applies to the row of the grain."""
        return self.offer.at(grain, int(self.rows[grain][self.offer.grains[grain].date]))

    def of_rule(self, name: str, grain: str) -> Node:
        """The node of a rule, computed from its children's values."""
        key = (grain, name)
        if key not in self.told:
            law = self.law(grain)
            rule = law.rules[name]
            children = tuple(self.of_name(wanted, grain, law) for wanted in rule.inputs)
            value = rule.body(**{child.name: child.value for child in children})
            known = [rule.status, *(c.weakest for c in children if c.weakest is not None)]
            self.told[key] = Node(
                name=name,
                kind=rule.kind,
                value=value,
                unit=rule.unit,
                meaning=rule.meaning,
                texts=rule.texts,
                status=rule.status,
                weakest=weakest(known),
                active=law.active(rule),
                grain=grain,
                source={},
                children=children,
            )
        return self.told[key]

    def of_name(self, name: str, grain: str, law: Resolved) -> Node:
        """The node of whatever a rule reads: another rule, a figure, or a column here or in a parent."""
        if name in law.rules:
            return self.of_rule(name, grain)
        if name in law.figures:
            return self.of_figure(name, grain, law.figures[name])
        if name in self.rows[grain]:
            return self.of_column(name, grain)
        parent = self.offer.grains[grain].parent
        if parent is None or parent not in self.rows:
            message = f"the row of {grain} has no column {name}, and no parent row was given"
            raise MissingColumn(message)
        return self.of_name(name, parent, self.law(parent))

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
            texts=(article,),
            status=value.status,
            weakest=value.status,
            active=True,
            grain=grain,
            source={
                "url": value.source.url,
                "note": value.source.note,
                "reviewed_on": value.reviewed_on.isoformat(),
                "starts": format_month(value.starts),
            },
            children=(),
        )

    def of_column(self, name: str, grain: str) -> Node:
        """The node of a declared column."""
        declared = self.offer.inputs.get(name)
        return Node(
            name=name,
            kind="input",
            value=self.rows[grain][name],
            unit=declared.unit if declared else "",
            meaning=declared.meaning if declared else "",
            texts=(),
            status=None,
            weakest=None,
            active=True,
            grain=grain,
            source={},
            children=(),
        )


def shown(value: Any) -> Any:
    """A figure's value as plain data: tables and brackets become dictionaries and lists."""
    if isinstance(value, Table):
        return {**{str(code): amount for code, amount in value.entries}, "*": value.default}
    if isinstance(value, Brackets):
        return [list(step) for step in zip(value.thresholds, value.rates, strict=True)]
    return value
