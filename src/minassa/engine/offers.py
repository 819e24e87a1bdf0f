"""An offer: its rules, figures and declared columns; resolved at a month it is frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from minassa.engine.columns import all_of
from minassa.engine.errors import OutsideDates, UnknownName
from minassa.engine.figures import DatedValue, Figure
from minassa.engine.grains import Grain, Input
from minassa.engine.graph import ancestors, refuse_cycles
from minassa.engine.rules import Rule, refuse_duplicates
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.statuses import Status, weakest


@dataclass(frozen=True)
class Resolved:
    """The law of one grain in one month: which version of each rule, which value of each figure."""

    grain: str
    month: int
    rules: Mapping[str, Rule]
    figures: Mapping[str, DatedValue]

    def require(self, name: str) -> Rule:
        """The rule in force under that name; OutsideDates when there is none in this month."""
        if name not in self.rules:
            message = (
                f"no rule {name} for {self.grain} in {format_month(self.month)}; "
                f"in force: {', '.join(sorted(self.rules)) or 'none'}"
            )
            raise OutsideDates(message)
        return self.rules[name]

    def behind(self, name: str) -> frozenset[str]:
        """Names of the rules of this grain that the rule rests on, itself included."""
        return ancestors(self.rules, name)

    def conditions(self, measure: str) -> tuple[Rule, ...]:
        """All conditions of a measure in this grain, active or switched off, by name."""
        kept = (r for r in self.rules.values() if r.kind == "condition" and r.measure == measure)
        return tuple(sorted(kept, key=lambda r: r.name))

    def active(self, rule: Rule) -> bool:
        """Whether a condition counts: it has no switch, or its switch is on."""
        return rule.switch is None or bool(self.figures[rule.switch].value)

    def figures_behind(self, name: str) -> frozenset[str]:
        """Names of the figures that the rule rests on, through any rule of this grain."""
        used = {i for n in self.behind(name) for i in self.rules[n].inputs if i in self.figures}
        switches = {self.rules[n].switch for n in self.behind(name)}
        return frozenset(used | {s for s in switches if s is not None})


@dataclass(frozen=True)
class Offer:
    """Everything that decides an amount, whatever the data. Never changed: a reform makes another one."""

    rules: tuple[Rule, ...]
    figures: Mapping[str, Figure]
    inputs: Mapping[str, Input]
    grains: Mapping[str, Grain]
    reforms: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        """Refuse an offer that could not be evaluated: overlaps, unknown names, circles."""
        refuse_duplicates(self.rules)
        refuse_unknown(self)

    def __hash__(self) -> int:
        """Identity: two offers are told apart by what they are, not by what they hold (see `digest`)."""
        return id(self)

    def __eq__(self, other: object) -> bool:
        """Identity, as for the hash."""
        return self is other

    def at(self, grain: str, month: int) -> Resolved:
        """The law of a grain in a month, frozen; the same object for the same question."""
        return _resolve(self, grain, month)

    @property
    def measures(self) -> tuple[str, ...]:
        """Measures that have an amount, by name."""
        return tuple(sorted({r.measure for r in self.rules if r.kind == "amount" and r.measure is not None}))

    def intervals(self, grain: str, first: int, last: int) -> tuple[tuple[int, int, Resolved], ...]:
        """Spans of months (both included) between `first` and `last` in which the law of the grain is constant."""
        cuts = sorted({first, *(m for m in self.change_months(grain) if first < m <= last)})
        ends = [*(cut - 1 for cut in cuts[1:]), last]
        return tuple((start, end, self.at(grain, start)) for start, end in zip(cuts, ends, strict=True))

    def change_months(self, grain: str) -> tuple[int, ...]:
        """Months in which a rule of the grain, or a figure that one reads, starts or has just ended."""
        rules = [r for r in self.rules if grain in r.grains]
        names = {i for r in rules for i in (*r.inputs, r.switch) if i in self.figures}
        dated = [*rules, *(v for n in sorted(names) for v in self.figures[n].values)]
        return tuple(sorted({d.starts for d in dated} | {d.ends + 1 for d in dated if d.ends is not None}))

    def with_figures(self, changed: Mapping[str, Figure], label: str) -> Offer:
        """The same offer with some figures replaced; everything else is shared, nothing rebuilt."""
        return replace(self, figures={**self.figures, **changed}, reforms=(*self.reforms, label))

    @cached_property
    def digest(self) -> str:
        """Fingerprint of every rule and figure: the offer's version."""
        parts = [r.digest for r in self.rules]
        parts += [f"{name}:{figure.values}" for name, figure in sorted(self.figures.items())]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@lru_cache(maxsize=4096)
def _resolve(offer: Offer, grain: str, month: int) -> Resolved:
    figures = {n: v for n, f in offer.figures.items() if (v := f.at(month)) is not None}
    rules = {r.name: r for r in offer.rules if grain in r.grains and r.in_force(month)}
    rules = {n: r for n, r in rules.items() if r.switch is None or r.switch in figures}
    bare = Resolved(grain, month, rules, figures)
    for measure in sorted({r.measure for r in rules.values() if r.kind == "condition" and r.measure}):
        rules[f"{measure}_entitled"] = entitled(measure, grain, bare)
    computable = _computable(offer, grain, rules, figures, month)
    refuse_cycles(computable)
    return Resolved(grain, month, computable, figures)


def entitled(measure: str, grain: str, resolved: Resolved) -> Rule:
    """The conjunction of a measure's active conditions in one grain, as a rule named `<measure>_entitled`."""
    active = [c for c in resolved.conditions(measure) if resolved.active(c)]
    return Rule(
        name=f"{measure}_entitled",
        body=conjunction,
        grains=(grain,),
        starts=resolved.month,
        ends=resolved.month,
        texts=tuple(sorted({t for c in active for t in c.texts})),
        unit="boolean",
        status=weakest([c.status for c in active]) if active else Status.ASSUMED,
        kind="entitled",
        measure=measure,
        switch=None,
        inputs=tuple(c.name for c in active),
    )


def conjunction(**conditions: object) -> object:
    """Every condition of the measure that is switched on holds."""
    return all_of(*conditions.values())


def _computable(
    offer: Offer, grain: str, rules: Mapping[str, Rule], figures: Mapping[str, DatedValue], month: int
) -> dict[str, Rule]:
    """The rules whose inputs can all be had in this month; the others are outside their dates."""
    kept = dict(rules)
    columns = known_columns(offer, grain, month)
    while True:
        known = {*kept, *figures, *columns}
        lost = [n for n, r in kept.items() if not known.issuperset(r.inputs)]
        if not lost:
            return kept
        for name in lost:
            del kept[name]


def known_columns(offer: Offer, grain: str, month: int) -> frozenset[str]:
    """Declared columns of the grain and of its parents, and the parents' rules in the month."""
    own = {name for name, column in offer.inputs.items() if grain in column.grains}
    parent = offer.grains[grain].parent
    if parent is None:
        return frozenset(own)
    return frozenset(own | known_columns(offer, parent, month) | {r.name for r in offer.rules if parent in r.grains})


def refuse_unknown(offer: Offer) -> None:
    """Refuse a rule that reads a name nobody declares, at any date."""
    names = {*offer.figures, *offer.inputs, *(r.name for r in offer.rules)}
    names |= {f"{r.measure}_entitled" for r in offer.rules if r.measure}
    for rule in offer.rules:
        for wanted in (*rule.inputs, *((rule.switch,) if rule.switch else ())):
            if wanted not in names:
                message = f"rule {rule.name} reads {wanted}, which is no rule, no figure and no declared column"
                raise UnknownName(message)


def statuses_behind(resolved: Resolved, name: str, parents: Iterable[Resolved] = ()) -> frozenset[Status]:
    """Statuses of every rule and figure that a rule rests on, in its grain and in the parents given."""
    found = {resolved.rules[n].status for n in resolved.behind(name)}
    found |= {resolved.figures[f].status for f in resolved.figures_behind(name)}
    outside = {i for n in resolved.behind(name) for i in resolved.rules[n].inputs if i not in resolved.rules}
    for parent in parents:
        for wanted in sorted(outside & set(parent.rules)):
            found |= statuses_behind(parent, wanted)
    return frozenset(found)
