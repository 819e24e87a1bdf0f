"""Evaluates dated rules over frames, explains one amount, tries reforms. Knows no measure.

This module is the package's door: the rest is private to it.
"""

from minassa.engine.columns import (
    Brackets,
    Table,
    all_of,
    any_of,
    lookup,
    maximum,
    minimum,
    negate,
    positive,
    progressive,
    where,
)
from minassa.engine.evaluation import evaluate
from minassa.engine.explanation import Node, explain, shown
from minassa.engine.figures import Codes, Figure, parse_figures, read_figures
from minassa.engine.footing import weakest_behind
from minassa.engine.frames import refuse_broken_links, refuse_nulls
from minassa.engine.grains import Grain, Input
from minassa.engine.offers import Offer, Resolved
from minassa.engine.reforms import Reform, changed_rules, read_reform, reform
from minassa.engine.rules import Rule, amount, condition, rule, rules_of
from minassa.engine.snapshots import restored, snapshot
from minassa.engine.warm import Warm

__all__ = [
    "Brackets",
    "Codes",
    "Figure",
    "Grain",
    "Input",
    "Node",
    "Offer",
    "Reform",
    "Resolved",
    "Rule",
    "Table",
    "Warm",
    "all_of",
    "amount",
    "any_of",
    "changed_rules",
    "condition",
    "evaluate",
    "explain",
    "lookup",
    "maximum",
    "minimum",
    "negate",
    "parse_figures",
    "positive",
    "progressive",
    "read_figures",
    "read_reform",
    "reform",
    "refuse_broken_links",
    "refuse_nulls",
    "restored",
    "rule",
    "rules_of",
    "shown",
    "snapshot",
    "weakest_behind",
    "where",
]
