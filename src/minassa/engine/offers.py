"""An offer: its rules, figures and declared columns; resolved at a month it is frozen."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from minassa.engine.columns import all_of
from minassa.engine.errors import OutsideDates, UnknownName
from minassa.engine.figures import DatedValue, Figure
from minassa.engine.grains import Grain, Input
from minassa.engine.graph import ancestors, order
from minassa.engine.plain import figure_out
from minassa.engine.rules import AMOUNT, ENTITLED, Rule, refuse_overlaps
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.statuses import Status, weakest


@dataclass(frozen=True)
class Resolved:
    """The law of one grain in one month: which version of each rule, which value of each figure.

    `refused` says, for each rule that exists in the month but cannot be computed, what it lacks.
    """

    grain: str
    month: int
    rules: Mapping[str, Rule]
    figures: Mapping[str, DatedValue]
    refused: Mapping[str, str] = field(default_factory=dict)

    def require(self, name: str) -> Rule:
        """The rule in force under that name; OutsideDates when there is none in this month."""
        if name not in self.rules:
            why = self.refused.get(name, f"règles en vigueur : {', '.join(sorted(self.rules)) or 'aucune'}")
            raise OutsideDates(f"Pas de règle {name} ({self.grain}) en {format_month(self.month)} : {why}.")
        return self.rules[name]

    def behind(self, *names: str) -> frozenset[str]:
        """Names of the rules of this grain that some rules rest on, themselves included."""
        return ancestors(self.rules, names)

    def conditions(self, measure: str) -> tuple[Rule, ...]:
        """All conditions of a measure in this grain, active or switched off, by name."""
        kept = (r for r in self.rules.values() if r.kind == "condition" and r.measure == measure)
        return tuple(sorted(kept, key=lambda r: r.name))

    def active(self, rule: Rule) -> bool:
        """Whether a condition counts: it has no switch, or its switch is on."""
        return rule.switch is None or bool(self.figures[rule.switch].value)

    def switch_statuses(self, rule: Rule) -> tuple[Status, ...]:
        """Status of the figure that switches a condition on or off, if it has one."""
        return () if rule.switch is None else (self.figures[rule.switch].status,)

    def figures_behind(self, name: str) -> frozenset[str]:
        """Names of the figures that the rule rests on, through any rule of this grain."""
        rules = [self.rules[n] for n in self.behind(name)]
        return frozenset(i for r in rules for i in (*r.inputs, r.switch) if i is not None and i in self.figures)

    def statuses_behind(self, name: str) -> frozenset[Status]:
        """Statuses of every rule and figure of this grain that a rule rests on."""
        rules = {self.rules[n].status for n in self.behind(name)}
        return frozenset(rules | {self.figures[f].status for f in self.figures_behind(name)})


@dataclass(frozen=True, slots=True)
class Waiver:
    """A condition that no longer counts from a month on (an index), and how sure the text that says so is."""

    starts: int
    status: Status


@dataclass(frozen=True, eq=False)
class Offer:
    """Everything that decides an amount, whatever the data. Never changed: a reform makes another one.

    Two offers are told apart by identity; `digest` tells whether they hold the same. `waived` are conditions without a
    switch that a reform lifts, by name: from then on they are met, whoever reads them.
    """

    rules: tuple[Rule, ...]
    figures: Mapping[str, Figure]
    inputs: Mapping[str, Input]
    grains: Mapping[str, Grain]
    reforms: tuple[str, ...] = ()
    waived: Mapping[str, Waiver] = field(default_factory=dict)
    _laws: dict[tuple[str, int], Resolved] = field(default_factory=dict, init=False, repr=False)
    _changes: dict[str, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Freeze what was given; refuse overlaps and unknown names."""
        for name in ("figures", "inputs", "grains", "waived"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        refuse_overlaps(self.rules)
        refuse_unknown(self)

    def at(self, grain: str, month: int) -> Resolved:
        """The law of a grain in a month, frozen: the same object for the same question, shared from month to month.

        CyclicRules when rules depend on one another in a circle; UnknownName for an unknown grain.
        """
        law = self._laws.get((grain, month))
        if law is None:
            law = self._law_of_span(grain, month)
            self._laws[(grain, month)] = law
        return law

    def _law_of_span(self, grain: str, month: int) -> Resolved:
        """What holds from the last change of the law before the month, presented for the month."""
        changes = self.change_months(grain)
        start = changes[bisect_right(changes, month) - 1] if changes and changes[0] <= month else month
        if start == month:
            return _resolve(self, grain, month)
        return replace(self.at(grain, start), month=month)

    @property
    def measures(self) -> tuple[str, ...]:
        """Measures that have an amount, by name."""
        return tuple(sorted({r.measure for r in self.rules if r.kind == "amount" and r.measure is not None}))

    def intervals(self, grain: str, first: int, last: int) -> tuple[tuple[int, int, Resolved], ...]:
        """Spans of months (both included) between `first` and `last` in which the law of the grain is constant."""
        cuts = [first, *(m for m in self.change_months(grain) if first < m <= last)]
        ends = [*(cut - 1 for cut in cuts[1:]), last]
        return tuple((start, end, self.at(grain, start)) for start, end in zip(cuts, ends, strict=True))

    def change_months(self, grain: str) -> tuple[int, ...]:
        """Months in which a rule of the grain, or a figure that one reads, starts or has just ended."""
        if grain not in self.grains:
            raise UnknownName(f"Grain inconnu : {grain} ; grains : {', '.join(sorted(self.grains))}.")
        if grain not in self._changes:
            rules = [r for r in self.rules if grain in r.grains]
            names = {i for r in rules for i in (*r.inputs, r.switch) if i is not None and i in self.figures}
            values = [v for n in sorted(names) for v in self.figures[n].values]
            spans = [*((r.starts, r.ends) for r in rules), *((v.starts, v.ends) for v in values)]
            months = {start for start, _ in spans} | {end + 1 for _, end in spans if end is not None}
            months |= {self.waived[r.name].starts for r in rules if r.name in self.waived}
            self._changes[grain] = tuple(sorted(months))
        return self._changes[grain]

    def rule_names(self, grain: str) -> frozenset[str]:
        """Names of the rules of a grain at any date, entitlements included."""
        return _rule_names(self, grain)

    def unit_of(self, grain: str, name: str) -> str:
        """Unit of a rule of the grain, the same at every date."""
        return next((r.unit for r in self.rules if r.name == name and grain in r.grains), "boolean")

    def read_by_children(self, grain: str) -> frozenset[str]:
        """Names of the grain's rules that rules of a grain below read."""
        below = {g.name for g in self.grains.values() if g.parent == grain}
        read = {i for r in self.rules for i in r.inputs if below.intersection(r.grains)}
        return frozenset(read & _rule_names(self, grain))

    def with_figures(self, changed: Mapping[str, Figure], label: str) -> Offer:
        """The same offer with some figures replaced; everything else is shared."""
        return replace(self, figures={**self.figures, **changed}, reforms=(*self.reforms, label))

    @cached_property
    def digest(self) -> str:
        """Fingerprint of every rule and figure: the offer's version. Not of the functions that rules call."""
        figures = {name: figure_out(figure) for name, figure in self.figures.items()}
        parts = [*(r.digest for r in self.rules), json.dumps(figures, sort_keys=True, ensure_ascii=True)]
        parts += [f"{name}|{one.starts}|{one.status}" for name, one in sorted(self.waived.items())]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _resolve(offer: Offer, grain: str, month: int) -> Resolved:
    figures = {n: v for n, f in offer.figures.items() if (v := f.at(month)) is not None}
    rules = {r.name: _counted(offer, r, month) for r in offer.rules if grain in r.grains and r.in_force(month)}
    for measure in sorted({r.measure for r in rules.values() if r.kind == "condition" and r.measure}):
        rules[f"{measure}{ENTITLED}"] = _entitled(measure, grain, month, rules, figures)
    kept, refused = _computable(offer, grain, rules, figures)
    order(kept)
    frozen = (MappingProxyType(kept), MappingProxyType(figures), MappingProxyType(refused))
    return Resolved(grain, month, *frozen)


def _counted(offer: Offer, rule: Rule, month: int) -> Rule:
    """The rule as it counts in the month: a condition that is waived is met."""
    waiver = offer.waived.get(rule.name)
    if waiver is None or waiver.starts > month:
        return rule
    return replace(rule, body=met, inputs=(), status=waiver.status)


def met() -> bool:
    """The condition, waived: it counts as met."""
    return True


def _entitled(
    measure: str, grain: str, month: int, rules: Mapping[str, Rule], figures: Mapping[str, DatedValue]
) -> Rule:
    """The conjunction of a measure's active conditions in one grain, as a rule named `<measure>_entitled`.

    A condition whose switch has no value in the month stays in: it cannot be computed, so neither can the conjunction.
    """
    conditions = sorted((r.name, r) for r in rules.values() if r.kind == "condition" and r.measure == measure)
    active = [c for _, c in conditions if c.switch is None or c.switch not in figures or figures[c.switch].value]
    return Rule(
        name=f"{measure}{ENTITLED}",
        body=conjunction,
        grains=(grain,),
        starts=month,
        ends=month,
        texts=tuple(sorted({t for c in active for t in c.texts})),
        unit="boolean",
        status=weakest((c.status for c in active), default=Status.ASSUMED),
        kind="entitled",
        measure=measure,
        switch=None,
        inputs=tuple(c.name for c in active),
    )


def conjunction(**conditions: object) -> object:
    """Every condition of the measure that is switched on holds."""
    return all_of(*conditions.values())


def _computable(
    offer: Offer, grain: str, rules: Mapping[str, Rule], figures: Mapping[str, DatedValue]
) -> tuple[dict[str, Rule], dict[str, str]]:
    """The rules whose inputs can all be had in this month; for the others, which are outside their dates, why."""
    kept, refused = dict(rules), dict[str, str]()
    given = {*figures, *seen_from(offer, grain)}
    while True:
        known = given | kept.keys()
        lost = {n: gone for n, r in kept.items() if (gone := _lacking(r, known))}
        if not lost:
            return kept, refused
        for name, gone in lost.items():
            refused[name] = f"elle lit {', '.join(gone)}, sans valeur ce mois-là"
            del kept[name]


def _lacking(rule: Rule, known: set[str]) -> list[str]:
    return [i for i in (*rule.inputs, rule.switch) if i is not None and i not in known]


def seen_from(offer: Offer, grain: str) -> frozenset[str]:
    """What rules of a grain may read beside its own rules: its declared columns, its parent's, the parent's rules."""
    parent = offer.grains[grain].parent
    grains = {grain} if parent is None else {grain, parent}
    columns = {name for name, column in offer.inputs.items() if not grains.isdisjoint(column.grains)}
    return frozenset(columns if parent is None else columns | _rule_names(offer, parent))


def _rule_names(offer: Offer, grain: str) -> frozenset[str]:
    """Names of the rules of a grain at any date, entitlements included."""
    rules = [r for r in offer.rules if grain in r.grains]
    entitled = {f"{r.measure}{ENTITLED}" for r in rules if r.kind == "condition"}
    return frozenset({r.name for r in rules} | entitled)


def refuse_unknown(offer: Offer) -> None:
    """UnknownName for a rule in a grain nobody declares, or that reads what its grain cannot see at any date."""
    for grain in sorted({g for r in offer.rules for g in r.grains}):
        if grain not in offer.grains:
            raise UnknownName(
                f"Des règles portent sur le grain {grain}, non déclaré ; grains : {', '.join(offer.grains)}."
            )
        seen = {*offer.figures, *seen_from(offer, grain), *_rule_names(offer, grain)}
        for rule in offer.rules:
            if grain in rule.grains and (lost := _lacking(rule, seen)):
                raise UnknownName(
                    f"La règle {rule.name} lit {', '.join(lost)} : ni règle, ni chiffre, ni colonne déclarée que voie "
                    f"le grain {grain}. Corrigez le nom, ou déclarez la colonne pour ce grain."
                )


def amount_name(measure: str) -> str:
    """Name of the rule that gives a measure's amount."""
    return f"{measure}{AMOUNT}"
