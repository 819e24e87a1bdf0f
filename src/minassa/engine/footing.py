"""On what footing an amount stands: the weakest status among the rules and figures behind it."""

from __future__ import annotations

from collections.abc import Iterable

import narwhals as nw

from minassa.engine.columns import as_column
from minassa.engine.offers import Offer, Resolved
from minassa.vocabulary.statuses import Status, rank, weakest

STATUS = "_status"
HIDDEN = "__status_of_"
"""Prefix of the columns that carry the status of a parent's rule down to the rows below; never shown."""


def weakest_behind(offer: Offer, resolved: Resolved, name: str, grains: Iterable[str] = ()) -> Status:
    """The weakest status among the rules and figures behind a rule, those of the parent grains in `grains` included.

    The parent's law is that of the same month; `evaluate` takes that of the parent's own row, which may differ.
    """
    found = set(resolved.statuses_behind(name))
    parent = offer.grains[resolved.grain].parent
    if parent is not None and parent in grains:
        above = offer.at(parent, resolved.month)
        found |= {
            weakest_behind(offer, above, n, grains) for n in borrowed_rules(offer, resolved, name) if n in above.rules
        }
    return weakest(found)


def borrowed_rules(offer: Offer, law: Resolved, name: str) -> frozenset[str]:
    """Rules of the parent grain that a rule rests on."""
    parent = offer.grains[law.grain].parent
    if parent is None:
        return frozenset()
    read = {i for n in law.behind(name) for i in law.rules[n].inputs}
    own = {n for n in read if n in offer.inputs and law.grain in offer.inputs[n].grains}
    return frozenset((read - own - law.rules.keys() - law.figures.keys()) & offer.rule_names(parent))


def status_column(law: Resolved, name: str, borrowed: Iterable[str]) -> nw.Expr:
    """Rank of the weakest status behind a rule, row by row: `borrowed` are the parent's rules that it rests on."""
    own = as_column(rank(weakest(law.statuses_behind(name))))
    above = [nw.col(f"{HIDDEN}{n}") for n in sorted(borrowed)]
    return nw.max_horizontal(own, *above) if above else own
