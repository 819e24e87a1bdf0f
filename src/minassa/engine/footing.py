"""On what footing a column stands: null where a rule refuses, and beside an amount its weakest status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import narwhals as nw

from minassa.engine.columns import as_column
from minassa.engine.compilation import type_of
from minassa.engine.offers import Offer, Resolved, amount_name
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
        lent = borrowed_rules(offer, resolved, name) & above.rules.keys()
        found |= {weakest_behind(offer, above, n, grains) for n in lent}
    return weakest(found)


def borrowed(offer: Offer, law: Resolved, name: str) -> frozenset[str]:
    """Columns and rules of the parent grain that a rule rests on."""
    if offer.grains[law.grain].parent is None:
        return frozenset()
    read = {i for n in law.behind(name) for i in law.rules[n].inputs}
    own = {n for n in read if n in offer.inputs and law.grain in offer.inputs[n].grains}
    return frozenset(read - own - law.rules.keys() - law.figures.keys())


def borrowed_rules(offer: Offer, law: Resolved, name: str) -> frozenset[str]:
    """Rules of the parent grain that a rule rests on."""
    parent = offer.grains[law.grain].parent
    return frozenset() if parent is None else borrowed(offer, law, name) & offer.rule_names(parent)


@dataclass(frozen=True, slots=True)
class Footing:
    """How the columns of a grain are shown.

    `units` are those of the rules that become columns, `lent` tells whether the parent's rules are there as columns,
    `refusing` which of these are null in some rows.
    """

    offer: Offer
    grain: str
    units: Mapping[str, str]
    lent: bool
    refusing: frozenset[str]

    def column(self, law: Resolved, name: str) -> nw.Expr:
        """A rule's column: null where it, or a parent's rule that it rests on, is not in force or has no row at all."""
        if name not in law.rules:
            return nw.lit(None, dtype=type_of(self.units[name])).alias(name)
        return self._guarded(law, name, nw.col(name)).alias(name)

    def risky(self, law: Resolved, name: str) -> frozenset[str]:
        """What a rule borrows and that may be null: the parent's rules that refuse, and one name for a lost parent."""
        if not self.lent or name not in law.rules:
            return frozenset()
        names = borrowed(self.offer, law, name)
        return (names & self.refusing) | frozenset(sorted(names)[:1])

    def _guarded(self, law: Resolved, name: str, column: nw.Expr) -> nw.Expr:
        risky = sorted(self.risky(law, name))
        return nw.when(*(~nw.col(n).is_null() for n in risky)).then(column) if risky else column

    def status_names(self) -> tuple[str, ...]:
        """Names of the status columns: of each amount, and hidden ones of the rules that a grain below reads."""
        shown = [f"{m}{STATUS}" for m in self.offer.measures if amount_name(m) in self.units]
        hidden = [f"{HIDDEN}{n}" for n in sorted(self.offer.read_by_children(self.grain)) if n in self.units]
        return (*shown, *hidden)

    def has_status(self, name: str) -> bool:
        """Whether a rule's status is a column."""
        return any(rule_of_status(status_name) == name for status_name in self.status_names())

    def status(self, law: Resolved, status_name: str) -> nw.Expr:
        """Rank of the weakest status behind the rule that a status column is about, null where the rule is."""
        name = rule_of_status(status_name)
        if name not in law.rules:
            return nw.lit(None, dtype=nw.Int64()).alias(status_name)
        own = as_column(rank(weakest(law.statuses_behind(name))))
        above = sorted(borrowed_rules(self.offer, law, name)) if self.lent else []
        column = nw.max_horizontal(own, *(nw.col(f"{HIDDEN}{n}") for n in above)) if above else own
        return self._guarded(law, name, column).alias(status_name)


def rule_of_status(status_name: str) -> str:
    """Name of the rule that a status column is about; any other name as it is."""
    if status_name.startswith(HIDDEN):
        return status_name.removeprefix(HIDDEN)
    return amount_name(status_name.removesuffix(STATUS)) if status_name.endswith(STATUS) else status_name
