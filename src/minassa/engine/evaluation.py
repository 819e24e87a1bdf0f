"""Evaluates an offer over lazy frames (Polars, DuckDB, Spark), across every regime that the rows span."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import narwhals as nw

from minassa.engine.compilation import columns_read, layers
from minassa.engine.errors import OutsideDates, UnknownName
from minassa.engine.footing import HIDDEN, Footing
from minassa.engine.frames import readable, refuse_missing
from minassa.engine.offers import Offer, Resolved
from minassa.vocabulary.periods import format_month

Frame: TypeAlias = Any
"""A lazy frame of any engine that narwhals knows: polars.LazyFrame, duckdb relation, Spark data frame."""
Spans: TypeAlias = Mapping[str, tuple[int, int]]
Wanted: TypeAlias = Mapping[str, Iterable[str]]
SHOWN_KINDS = frozenset({"amount", "condition", "entitled"})


def evaluate(offer: Offer, frames: Mapping[str, Frame], spans: Spans, wanted: Wanted | None = None) -> dict[str, Frame]:
    """Every frame with the columns of its rules added, as lazy frames of the engine they came from.

    `spans` gives, per grain, the first and last month (index) of its rows: rows outside are left out. The order of
    rows is not kept. `wanted` limits the rules that become columns, per grain; by default all amounts, conditions and
    entitlements. Rules that a grain below reads are columns in any case. A rule that is not in force for a row, or
    that rests on a parent's rule that is not, is null there: it refuses, it does not return zero. Each amount comes
    with `<measure>_status`, the rank of the weakest status it rests on, those behind the parent's row included.

    Raises MissingColumn, WrongType and UnknownName; OutsideDates for a rule asked for that no month of the span knows.
    Nulls and broken links between frames are looked for by `refuse_nulls` and `refuse_broken_links`, not here.
    """
    done = evaluated(offer, frames, spans, wanted)
    return {grain: result.frame.select(*result.shown).to_native() for grain, result in done.items()}


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A grain evaluated. `own` are the frame's own columns, `units` those of the rules that became columns.

    `refusing` are the rules that are null in some rows. The frame also holds the hidden status columns of the rules
    that a grain below reads, which `shown` leaves out.
    """

    frame: nw.LazyFrame[Any]
    own: tuple[str, ...]
    units: Mapping[str, str]
    refusing: frozenset[str]
    statuses: tuple[str, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns meant for people: the frame's own, the rules, the statuses of amounts."""
        return (*self.own, *self.units, *(name for name in self.statuses if not name.startswith(HIDDEN)))


def evaluated(offer: Offer, frames: Mapping[str, Frame], spans: Spans, wanted: Wanted | None) -> dict[str, Evaluated]:
    """What `evaluate` gives, with what is needed to evaluate further from it."""
    done: dict[str, Evaluated] = {}
    for grain in parents_first(offer, frames):
        units = units_wanted(offer, grain, spans[grain], None if wanted is None else wanted.get(grain, ()))
        frame = nw.from_native(frames[grain]).lazy()
        done[grain] = _Grain(offer, grain, frame, done.get(offer.grains[grain].parent or ""), units).over(spans[grain])
    return done


def parents_first(offer: Offer, grains: Iterable[str]) -> list[str]:
    """The grains, each after its parent; UnknownName for one that the offer does not declare."""
    unknown = sorted(set(grains) - set(offer.grains))
    if unknown:
        raise UnknownName(f"Grain inconnu : {', '.join(unknown)} ; grains : {', '.join(sorted(offer.grains))}.")
    return sorted(grains, key=lambda grain: (_depth(offer, grain), grain))


def _depth(offer: Offer, grain: str) -> int:
    parent = offer.grains[grain].parent
    return 0 if parent is None else 1 + _depth(offer, parent)


def units_wanted(offer: Offer, grain: str, span: tuple[int, int], asked: Iterable[str] | None) -> dict[str, str]:
    """Rules that become columns in the grain over all the regimes spanned, with their unit, by name."""
    laws = [law for _, _, law in offer.intervals(grain, *span)]
    if asked is None:
        names = {r.name for law in laws for r in law.rules.values() if r.kind in SHOWN_KINDS}
    else:
        names = set(asked)
        _refuse_unheard(offer, grain, names, laws)
    return {name: offer.unit_of(grain, name) for name in sorted(names | offer.read_by_children(grain))}


def _refuse_unheard(offer: Offer, grain: str, names: set[str], laws: list[Resolved]) -> None:
    """UnknownName for a rule the grain never has, OutsideDates for one it has in no regime of the span."""
    known = offer.rule_names(grain)
    if names - known:
        raise UnknownName(
            f"Pas de règle {', '.join(sorted(names - known))} pour le grain {grain} ; "
            f"règles : {', '.join(sorted(known)) or 'aucune'}."
        )
    outside = sorted(name for name in names if not any(name in law.rules for law in laws))
    if outside:
        months = f"de {format_month(laws[0].month)} à la fin de la période demandée"
        raise OutsideDates(f"Aucune version de {', '.join(outside)} ({grain}) n'est en vigueur {months}.")


@dataclass(frozen=True, slots=True)
class _Grain:
    """One grain being evaluated: its rows, its parent already evaluated, the rules that become columns."""

    offer: Offer
    grain: str
    rows: nw.LazyFrame[Any]
    parent: Evaluated | None
    units: Mapping[str, str]

    def over(self, span: tuple[int, int]) -> Evaluated:
        """Every regime of the span evaluated on its own rows, one after the other."""
        lent = set() if self.parent is None else self.parent.units.keys() - self.declared()
        own = tuple(n for n in self.rows.collect_schema().names() if n not in self.units and n not in lent)
        refusing = frozenset[str]() if self.parent is None else self.parent.refusing
        footing = Footing(self.offer, self.grain, self.units, self.parent is not None, refusing)
        intervals = self.offer.intervals(self.grain, *span)
        parts = [self.regime(first, last, law, own, footing) for first, last, law in intervals]
        refused = {n for n in self.units for _, _, law in intervals if n not in law.rules or footing.risky(law, n)}
        frame = parts[0] if len(parts) == 1 else nw.concat(parts, how="vertical")
        return Evaluated(frame, own, self.units, frozenset(refused), footing.status_names())

    def regime(self, first: int, last: int, law: Resolved, own: tuple[str, ...], footing: Footing) -> nw.LazyFrame[Any]:
        """The rows of one constant regime, with its rules evaluated."""
        dated = nw.col(self.offer.grains[self.grain].date)
        here = [name for name in self.units if name in law.rules]
        read = columns_read(law, here)
        rows = self.with_parent(self.rows.select(*own).filter(dated >= first, dated <= last), read, own)
        schema = rows.collect_schema()
        refuse_missing(self.offer, self.grain, read, schema.names())
        for layer in layers(law, here, columns=readable(self.offer, schema, read)):
            rows = rows.with_columns(**layer)
        rules = (footing.column(law, name) for name in self.units)
        return rows.select(*own, *rules, *(footing.status(law, name) for name in footing.status_names()))

    def with_parent(self, rows: nw.LazyFrame[Any], read: frozenset[str], own: tuple[str, ...]) -> nw.LazyFrame[Any]:
        """The rows with the columns that their rules read from the parent grain."""
        above = self.parent
        if above is None:
            return rows
        borrowed = sorted(read.difference(own, self.declared()) & {*above.own, *above.units})
        if not borrowed:
            return rows
        statuses = [f"{HIDDEN}{n}" for n in borrowed if n in above.units]
        keys = self.offer.grains[self.grain].parent_keys
        schema = rows.collect_schema()
        typed = above.frame.select(*(nw.col(k).cast(schema[k]) for k in keys), *borrowed, *statuses)
        return rows.join(typed, on=list(keys), how="left")

    def declared(self) -> frozenset[str]:
        """Columns that the grain must bring itself, whatever its parent holds under the same name."""
        return frozenset(n for n, column in self.offer.inputs.items() if self.grain in column.grains)
