"""A reform tried on one kept grain: which rows and rules it changes, and their new columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import narwhals as nw
import polars as pl

from minassa.engine.compilation import columns_read, layers
from minassa.engine.evaluation import SHOWN_KINDS
from minassa.engine.footing import HIDDEN, Footing, borrowed_rules, rule_of_status
from minassa.engine.frames import readable
from minassa.engine.keeping import Kept
from minassa.engine.offers import Offer, Resolved
from minassa.engine.reforms import changed_rules


@dataclass(frozen=True, slots=True)
class Change:
    """The columns that a reform changes in a grain, hidden statuses included, and the rules null in some rows."""

    columns: pl.DataFrame
    refusing: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """The rules and columns that changed."""
        return frozenset(rule_of_status(n) if n.startswith(HIDDEN) else n for n in self.columns.columns)


@dataclass(frozen=True, slots=True)
class Span:
    """Consecutive rows for which the base law and the reformed one are both constant."""

    offset: int
    length: int
    base: Resolved
    law: Resolved
    changed: frozenset[str]

    @property
    def differing(self) -> frozenset[str]:
        """The rules whose column differs: those to compute again, and those that are no more in force."""
        return self.changed | (self.base.rules.keys() - self.law.rules.keys())

    def keeps(self, name: str) -> bool:
        """Whether a rule is in force and as the base has it."""
        return name in self.law.rules and name not in self.changed

    def is_shown(self, name: str) -> bool:
        """Whether a rule is an amount, a condition or an entitlement."""
        return (self.law.rules.get(name) or self.base.rules[name]).kind in SHOWN_KINDS


@dataclass(eq=False)
class Trial:
    """A reformed offer on one kept grain, after the grain above; `wanted` are rules asked for by name."""

    kept: Kept
    reformed: Offer
    above: Change | None
    wanted: frozenset[str]
    _lent: dict[str, pl.Series] = field(init=False, repr=False, default_factory=dict)

    def change(self) -> Change:
        """The columns that change. Rows that the reform does not concern keep the base's values in them, uncopied."""
        spans = list(self.spans())
        names = self.names(spans)
        if not names:
            return Change(pl.DataFrame(), self.kept.refusing)
        units = {name: self.reformed.unit_of(self.kept.grain, name) for name in names}
        refusing = frozenset[str]() if self.above is None else self.above.refusing
        footing = Footing(self.reformed, self.kept.grain, units, self.kept.above is not None, refusing)
        parts = pl.collect_all([self.part(span, footing) for span in spans], engine="streaming")
        refused = {n for n in names for s in spans if n not in s.law.rules or footing.risky(s.law, n)}
        return Change(pl.concat(parts, rechunk=False), self.kept.refusing | refused)

    def spans(self) -> Iterator[Span]:
        """The rows cut wherever one of the two laws changes."""
        months, grain = self.kept.months, self.kept.grain
        if months.is_empty():
            return
        first, last = int(months[0]), int(months[-1])
        changes = {*self.kept.offer.change_months(grain), *self.reformed.change_months(grain)}
        cuts = [first, *sorted(month for month in changes if first < month <= last)]
        offsets = [months.search_sorted(cut, side="left") for cut in cuts]
        above = frozenset[str]() if self.above is None else self.above.names
        for cut, (offset, following) in zip(cuts, pairwise([*offsets, len(months)]), strict=True):
            if following > offset:
                base, law = self.kept.offer.at(grain, cut), self.reformed.at(grain, cut)
                yield Span(offset, following - offset, base, law, changed_rules(base, law, above))

    def names(self, spans: list[Span]) -> list[str]:
        """The rules that change for some rows, and that are shown, asked for, or read by a grain below."""
        asked = self.wanted | self.reformed.read_by_children(self.kept.grain)
        return sorted({n for span in spans for n in span.differing if n in asked or span.is_shown(n)})

    def part(self, span: Span, footing: Footing) -> pl.LazyFrame:
        """The changed columns of one span: computed where the rule differs, else as the base has them."""
        law = span.law
        computed = [name for name in footing.units if name in span.changed]
        given = (self.kept.rules & law.rules.keys()) - span.changed
        read = columns_read(law, computed, given)
        rows = nw.from_native(self.rows(span, footing, read).lazy())
        for layer in layers(law, computed, given, readable(self.reformed, rows.collect_schema(), read)):
            rows = rows.with_columns(**layer)
        made = [footing.column(law, n) for n in footing.units if not span.keeps(n)]
        made += [footing.status(law, n) for n in footing.status_names() if not span.keeps(rule_of_status(n))]
        rows = rows.with_columns(*made) if made else rows
        return rows.select(*footing.units, *footing.status_names()).to_native()

    def rows(self, span: Span, footing: Footing, read: frozenset[str]) -> pl.DataFrame:
        """What the span needs: the frame's own columns, the rules kept, the columns that the grain above lends."""
        lent = {n for n in read if n not in span.law.rules and self.kept.borrows(n)}
        kept = {n for n in (*footing.units, *footing.status_names()) if span.keeps(rule_of_status(n))}
        for name in span.changed.intersection(footing.units) if footing.lent else ():
            lent |= footing.risky(span.law, name)
            if footing.has_status(name):
                lent |= {f"{HIDDEN}{n}" for n in borrowed_rules(self.reformed, span.law, name)}
        own = {self.kept.offer.grains[self.kept.grain].date, *(read - lent), *kept}
        columns = [self.kept.rows[n] for n in sorted(own)] + [self.lent(n) for n in sorted(lent)]
        return pl.DataFrame([column.slice(span.offset, span.length) for column in columns])

    def lent(self, name: str) -> pl.Series:
        """A column of the grain above on these rows, as the reform leaves it."""
        if self.above is None or name not in self.above.columns.columns:
            return self.kept.lent(name)
        if name not in self._lent:
            self._lent[name] = self.kept.brought_down(self.above.columns[name])
        return self._lent[name]
