"""What the amounts of an estimate come to: by measure and year, by job, by condition; nothing is reckoned here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.http import QueryDict

from minassa.engine import Offer, Resolved
from minassa.engine.figures import DatedValue
from minassa.entitlements.estimates import Estimated, estimate
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import parse_month
from minassa.vocabulary.places import Place, place_by_slug
from minassa.vocabulary.statuses import Status, rank, weakest
from minassa.web.estimate.plans import FIRST_YEAR, LAST_YEAR, Plan, case_of, read_plan

MEASURES: Final = ("air", "ais", "pae", "paf")
YEARS: Final = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
TIME_WILL_TELL: Final = frozenset({"pae_stay_reached", "pae_reference_complete", "ais_after_exemption"})
"""Conditions that only time meets: not met is then « to be met »."""
STATES: Final = ("missed", "waiting", "held")
GRAINS: Final = {"air": "employee_period", "paf": "employee_period", "pae": "hire", "ais": "firm_year"}
LAW_OF: Final = "2026-01"
"""The month whose law is told: the offer of 2025 in force."""


@dataclass(frozen=True, slots=True)
class MeasureYears:
    """One measure at one place: centimes by year, what is to come later, the weakest status behind."""

    measure: str
    by_year: tuple[int, ...]
    to_come: int
    status: Status | None

    @property
    def total(self) -> int:
        """All years together, in centimes."""
        return sum(self.by_year)


@dataclass(frozen=True, slots=True)
class Job:
    """One job of a line of the grid: centimes by measure over all years, and for all the people of the line."""

    number: int
    people: int
    salary: int
    by_measure: tuple[int, ...]

    @property
    def each(self) -> int:
        """One job, all measures and years, in centimes."""
        return sum(self.by_measure)

    @property
    def all(self) -> int:
        """All the people of the line, in centimes."""
        return self.each * self.people


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition at one place: how many jobs or years of the firm meet it, how many do not, what it withholds."""

    name: str
    held: int
    missed: int
    cost: int

    @property
    def measure(self) -> str:
        """The measure it belongs to: `air`… or `eligibility`."""
        return self.name.partition("_")[0]

    @property
    def state(self) -> str:
        """`held`, `waiting` where only time lacks, `missed` otherwise."""
        if not self.missed:
            return "held"
        return "waiting" if self.name in TIME_WILL_TELL else "missed"


@dataclass(frozen=True, slots=True)
class AtPlace:
    """Everything at one place."""

    place: Place
    measures: tuple[MeasureYears, ...]
    jobs: tuple[Job, ...]
    conditions: tuple[Condition, ...]
    people: int

    @property
    def by_year(self) -> tuple[int, ...]:
        """All measures, year by year, in centimes."""
        return tuple(sum(one.by_year[rank_] for one in self.measures) for rank_ in range(len(YEARS)))

    @property
    def total(self) -> int:
        """All measures and years, in centimes."""
        return sum(one.total for one in self.measures)

    @property
    def to_come(self) -> int:
        """What will be due after the years shown if nothing changes, in centimes."""
        return sum(one.to_come for one in self.measures)

    @property
    def per_job(self) -> int:
        """All measures and years for one job on average, to the whole centime below."""
        return self.total // self.people if self.people else 0

    @property
    def status(self) -> Status | None:
        """The weakest status behind any amount."""
        return weakest((m.status for m in self.measures if m.status is not None), default=Status.ASSUMED)

    @property
    def costliest(self) -> Condition | None:
        """The condition that withholds most, when one withholds anything."""
        return next((one for one in self.conditions if one.cost and one.state == "missed"), None)


@dataclass(frozen=True, slots=True)
class FigureBehind:
    """A figure that an amount rests on."""

    name: str
    description: str
    value: DatedValue


def results_of(plan: Plan, offer: Offer | None = None) -> tuple[AtPlace, ...]:
    """What a valid plan gives at each of its places, reckoned once; by the offer of the code when none is given."""
    return _reckoned(plan.address(), offer or load_offer())


@lru_cache(maxsize=256)
def _reckoned(address: str, offer: Offer) -> tuple[AtPlace, ...]:
    plan = read_plan(QueryDict(address))
    amounts = estimate(case_of(plan), plan.places, offer)
    return tuple(_at(plan, slug, [one for one in amounts if one.place == slug]) for slug in plan.places)


def _at(plan: Plan, slug: str, amounts: Sequence[Estimated]) -> AtPlace:
    people = {str(number): row.people for number, row in enumerate(plan.rows, 1)} | {"": 1}
    measures = tuple(_measure(m, [one for one in amounts if one.measure == m], people) for m in MEASURES)
    jobs = tuple(_job(number, plan, amounts) for number in range(1, len(plan.rows) + 1))
    return AtPlace(place_by_slug(slug), measures, jobs, _conditions(amounts, people), plan.people)


def _measure(measure: str, amounts: Sequence[Estimated], people: Mapping[str, int]) -> MeasureYears:
    by_year: dict[int, int] = defaultdict(int)
    for one in amounts:
        by_year[one.year] += one.amount * people[one.employee]
    granted = [one.status for one in amounts if one.amount]
    return MeasureYears(
        measure=measure,
        by_year=tuple(by_year[year] for year in YEARS),
        to_come=sum(one.to_come * people[one.employee] for one in amounts),
        status=max(granted, key=rank, default=None),
    )


def _job(number: int, plan: Plan, amounts: Iterable[Estimated]) -> Job:
    mine = [one for one in amounts if one.employee == str(number)]
    sums = tuple(sum(one.amount for one in mine if one.measure == measure) for measure in MEASURES)
    row = plan.rows[number - 1]
    return Job(number, row.people, int(row.cells["s"]) * 100, sums)


def _conditions(amounts: Iterable[Estimated], people: Mapping[str, int]) -> tuple[Condition, ...]:
    """Every condition met or not since the offer is in force, what is missed first, the costliest on top."""
    held: dict[str, set[str]] = defaultdict(set)
    missed: dict[str, set[str]] = defaultdict(set)
    cost: dict[str, int] = defaultdict(int)
    for one in amounts:
        for name, met in one.conditions.items():
            (held if met else missed)[name].add(one.employee)
        for name, regained in one.withheld.items():
            cost[name] += regained * people[one.employee]
    found = [
        Condition(
            name=name,
            held=sum(people[e] for e in held[name] - missed[name]),
            missed=sum(people[e] for e in missed[name]),
            cost=cost[name],
        )
        for name in {*held, *missed}
    ]
    return tuple(sorted(found, key=lambda c: (STATES.index(c.state), -c.cost, c.name)))


def figures_behind(measure: str, law: Offer | None = None) -> tuple[FigureBehind, ...]:
    """The figures that an amount of the measure rests on, those of the firm's eligibility too; the least sure first."""
    offer = law or load_offer()
    month = parse_month(LAW_OF)
    held = offer.at(GRAINS[measure], month)
    parent = offer.grains[held.grain].parent
    found = _figures(held, f"{measure}_amount")
    if parent is not None:
        above = offer.at(parent, month)
        for name in above.rules.keys() & {i for n in held.behind(f"{measure}_amount") for i in held.rules[n].inputs}:
            found |= _figures(above, name)
    listed = [FigureBehind(name, offer.figures[name].description, value) for name, value in found.items()]
    return tuple(sorted(listed, key=lambda one: (-rank(one.value.status), one.name)))


def _figures(law: Resolved, name: str) -> dict[str, DatedValue]:
    return {figure: law.figures[figure] for figure in law.figures_behind(name)}
