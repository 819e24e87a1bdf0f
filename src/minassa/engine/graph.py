"""The graph of rules: who rests on whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from minassa.engine.errors import CyclicRules
from minassa.engine.rules import Rule


def order(rules: Mapping[str, Rule]) -> tuple[str, ...]:
    """Names of the rules, each after those it rests on; stable whatever the order of the mapping. CyclicRules."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for name in sorted(rules):
        sorter.add(name, *sorted(i for i in rules[name].inputs if i in rules))
    try:
        return tuple(sorter.static_order())
    except CycleError as error:
        raise CyclicRules(
            f"Des règles dépendent l'une de l'autre en cercle : {' → '.join(error.args[1])} ; coupez-le."
        ) from error


def ancestors(rules: Mapping[str, Rule], names: Iterable[str]) -> frozenset[str]:
    """The rules that some rules rest on, themselves included."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        current = waiting.pop()
        if current not in found and current in rules:
            found.add(current)
            waiting.extend(rules[current].inputs)
    return frozenset(found)


def descendants(rules: Mapping[str, Rule], changed: Iterable[str]) -> frozenset[str]:
    """The rules that read any of the names (rules, figures or columns), directly or not."""
    reached = set(changed)
    found: set[str] = set()
    for name in order(rules):
        if name in reached or reached.intersection(rules[name].inputs):
            found.add(name)
            reached.add(name)
    return frozenset(found)


def consumers(rules: Mapping[str, Rule]) -> Counter[str]:
    """How many rules read each name."""
    return Counter(i for r in rules.values() for i in r.inputs)
