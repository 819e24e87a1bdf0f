"""The tree of an amount as the page shows it: words, values, texts and statuses, each quantity told once."""

from __future__ import annotations

from dataclasses import dataclass

from minassa.engine import Node, Offer, shown
from minassa.steering.lexicon import input_label, rule_label, word
from minassa.steering.report.citations import citation, cited
from minassa.steering.report.values import quantity_text
from minassa.vocabulary.statuses import Status

KINDS = {"amount": "montant", "value": "règle", "condition": "condition", "entitled": "conditions", "figure": "chiffre"}
"""What a node is called; an input is called by its grain."""


@dataclass(frozen=True, slots=True)
class Twig:
    """One quantity: its words and value, what it is, where it comes from, and the twigs it rests on.

    `told` says that the same quantity was told before, at `anchor`, with all that it rests on: then no twig hangs
    below. `first` says that this is the one place of the page that `anchor` names.
    """

    anchor: str
    name: str
    kind: str
    label: str
    value: str
    status: Status | None
    weakest: Status | None
    active: bool
    texts: tuple[tuple[str, str], ...]
    note: str
    told: bool
    first: bool
    twigs: tuple[Twig, ...]


def twig(node: Node, offer: Offer, anchor: str, told: set[str] | None = None) -> Twig:
    """The twig of a node; `anchor` starts the names of places in the page, `told` holds those already there."""
    known = set() if told is None else told
    place = f"{anchor}-{node.grain}-{node.name}".replace("_", "-")
    first = place not in known
    again = not first and bool(node.children)
    known.add(place)
    return Twig(
        anchor=place,
        name=node.name,
        kind=_kind(node),
        label=_label(node, offer),
        value=quantity_text(node.name, shown(node.value), node.unit),
        status=node.status,
        weakest=node.weakest,
        active=node.active,
        texts=_texts(node),
        note=node.source.get("note") or "",
        told=again,
        first=first,
        twigs=() if again else tuple(twig(child, offer, anchor, known) for child in in_order(node)),
    )


def in_order(node: Node) -> list[Node]:
    """What a quantity rests on: first the calculation, told in full there, then the conditions, then single figures."""
    ranks = {"value": 0, "amount": 0, "entitled": 1, "condition": 1}
    return sorted(node.children, key=lambda child: ranks.get(child.kind, 2))


def _kind(node: Node) -> str:
    return KINDS.get(node.kind) or f"donnée · {word('grains', node.grain)}"


def _label(node: Node, offer: Offer) -> str:
    if node.kind == "figure":
        return node.meaning
    return input_label(offer, node.name) if node.kind == "input" else rule_label(offer, node.name)


def _texts(node: Node) -> tuple[tuple[str, str], ...]:
    """The texts cited, with the page where a figure's own value was read when it has one."""
    if node.kind != "figure":
        return tuple(citation(reference) for reference in node.texts)
    return tuple(cited(*reference.partition("#")[::2], node.source.get("url")) for reference in node.texts)
