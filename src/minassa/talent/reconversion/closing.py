"""A site that closes: who goes where, under the seats of each target, with the fewest hours of training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from minassa.talent.reconversion.moves import Move, Obstacle, Passages
from minassa.talent.reconversion.settings import Settings

OPTIMAL = 0


@dataclass(frozen=True)
class Staff:
    """People of one occupation who lose their post."""

    occupation: str
    people: int


@dataclass(frozen=True)
class Terms:
    """What the plan keeps to: seats by occupation, how near, least share of skills held, longest bridge, money."""

    seats: Mapping[str, int]
    least_similarity: float
    least_coverage: float
    most_hours: int
    budget_cents: int | None = None


@dataclass(frozen=True)
class Flow:
    """People who go from an occupation to another."""

    staff: Staff
    move: Move
    people: int

    @property
    def hours(self) -> int:
        """Hours of training for all of them."""
        return self.people * self.move.hours


@dataclass(frozen=True)
class Plan:
    """Who goes where and who is left; `cost_cents` is that of the hours."""

    flows: tuple[Flow, ...]
    left: tuple[Staff, ...]
    hours: int
    cost_cents: int
    unused_seats: Mapping[str, int]

    @property
    def placed(self) -> int:
        """People who have a place."""
        return sum(flow.people for flow in self.flows)

    @property
    def people_left(self) -> int:
        """People who have none."""
        return sum(one.people for one in self.left)


class NoPlanError(ValueError):
    """The solver gave no plan; its own words say why."""


def plan(staff: Sequence[Staff], terms: Terms, passages: Passages, settings: Settings) -> Plan:
    """The plan that places most people, and of those the one with the fewest hours of training.

    A transport problem by whole people, solved to optimality by HiGHS. KeyError for an occupation that is not there;
    NoPlanError when the solver stops without a plan (which needs a fault: placing nobody always fits).
    """
    routes = _routes(staff, terms, passages)
    sent = _sent(routes, staff, terms, settings) if routes else []
    flows = tuple(Flow(staff[at], move, people) for (at, move), people in zip(routes, sent, strict=True) if people)
    hours = sum(flow.hours for flow in flows)
    return Plan(flows, _left(staff, flows), hours, hours * settings.cost.hour_cents, _unused(terms, flows))


def _routes(staff: Sequence[Staff], terms: Terms, passages: Passages) -> list[tuple[int, Move]]:
    """Pairs of staff and moves that the terms allow; nobody is sent to their own occupation."""
    found = []
    for at, one in enumerate(staff):
        leaving = passages.leaving(one.occupation)
        moves = (passages.one(leaving, code) for code in sorted(terms.seats) if code != one.occupation)
        found += [(at, move) for move in moves if within(move, terms)]
    return found


def within(move: Move, terms: Terms) -> bool:
    """Whether the plan may send people there: near, covered and short enough, no gap of level, no fall of wage."""
    near = move.similarity >= terms.least_similarity and move.coverage >= terms.least_coverage
    return near and move.hours <= terms.most_hours and not {Obstacle.LEVEL, Obstacle.WAGE} & {*move.obstacles}


def _sent(routes: list[tuple[int, Move]], staff: Sequence[Staff], terms: Terms, settings: Settings) -> list[int]:
    """People on each route: first as many as can be placed, then the fewest hours for as many."""
    hours = np.array([move.hours for _, move in routes], dtype=float)
    codes = sorted(terms.seats)
    limits = [
        _held([at for at, _ in routes], [one.people for one in staff]),
        _held([codes.index(move.to.code) for _, move in routes], [terms.seats[code] for code in codes]),
    ]
    if terms.budget_cents is not None:
        limits.append(LinearConstraint(hours[None, :], ub=terms.budget_cents / settings.cost.hour_cents))
    each = np.ones(len(routes))
    placed = _solved(-each, limits).sum()
    return [int(people) for people in _solved(hours, [*limits, LinearConstraint(each[None, :], lb=placed)])]


def _solved(objective: np.ndarray, limits: list[LinearConstraint]) -> np.ndarray:
    """Whole people on each route, for the least objective."""
    found = milp(
        objective,
        constraints=limits,
        integrality=np.ones(len(objective)),
        bounds=Bounds(0, np.inf),
        options={"mip_rel_gap": 0.0},
    )
    if found.status != OPTIMAL:
        raise NoPlanError(found.message)
    return np.asarray(np.round(found.x))


def _held(rows: list[int], most: list[int]) -> LinearConstraint:
    matrix = coo_array((np.ones(len(rows)), (rows, range(len(rows)))), shape=(len(most), len(rows)))
    return LinearConstraint(matrix.tocsr(), ub=np.array(most, dtype=float))


def _left(staff: Sequence[Staff], flows: tuple[Flow, ...]) -> tuple[Staff, ...]:
    rests = [Staff(one.occupation, one.people - sum(f.people for f in flows if f.staff is one)) for one in staff]
    return tuple(one for one in rests if one.people)


def _unused(terms: Terms, flows: tuple[Flow, ...]) -> dict[str, int]:
    taken = {code: sum(f.people for f in flows if f.move.to.code == code) for code in terms.seats}
    return {code: seats - taken[code] for code, seats in terms.seats.items()}
