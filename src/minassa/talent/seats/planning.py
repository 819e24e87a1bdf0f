"""The best plan of seats, openings, trainers and trainers of trainers of a situation, over all its scenarios at once.

What a supply is worth is the mean over the scenarios of posts filled and of surplus. It is concave and changes slope
only where a scenario's need is met, so that it is written exactly with one bounded variable for each slope and no row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from minassa.talent.seats.linear import Model, Programme, Reals, Term, Whole, numbered
from minassa.talent.seats.situation import Situation
from minassa.talent.seats.solving import NoPlan, Solution, solved, solved_in_whole

DOUBTED: Final = ("budget", "rooms", "floor", "steady_up", "steady_down", "minimum_class", "edit")
GAP: Final = 0.01
SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Variables:
    """Numbers of the variables: entrants, open or not, trainers, recruited, certified (p, r, y); the Institute (y)."""

    seats: Whole
    opened: Whole
    trainers: Whole
    recruited: Whole
    certified: Whole
    masters: Whole
    appointed: Whole


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan in numbers, and what it gives.

    Arrays (p, r, y) but `supply`, `unmet`, `surplus` (o, r, year of diploma; the last two are means over scenarios),
    `masters` and `spent` (y, dirhams). `worth_of` gives, for a family of limits, what one unit more is worth, dirhams.
    """

    seats: Reals
    trainers: Reals
    recruited: Reals
    certified: Reals
    masters: Reals
    spent: Reals
    supply: Reals
    unmet: Reals
    surplus: Reals
    loss: float
    gap: float
    worth_of: dict[str, Reals]


def plan_of(situation: Situation) -> Plan:
    """The best plan in real numbers, with the worth of each limit; NoPlan when none respects all of them."""
    model, variables = written(situation, whole=False)
    return _told(situation, model, variables, solved(model.programme()))


def whole_plan_of(situation: Situation, *, gap: float = GAP, seconds: float = SECONDS) -> Plan:
    """The best plan in whole seats, opened or not with minimum classes, within `gap`; NoPlan when there is none.

    Openings are sought first, with seats in parts; then seats are made whole under them. The gap told is that of the
    whole seats to the bound of the first search.
    """
    model, variables = written(situation, whole=True)
    programme = model.programme()
    opened = solved_in_whole(programme, gap=gap, seconds=seconds)
    try:
        made = solved_in_whole(_in_whole_seats(programme, variables, opened), gap=gap / 10, seconds=seconds)
    except NoPlan:
        # Closed next year from 34.1 entrants, a programme is not from 35: its stability keeps half a seat, so a class.
        made = solved_in_whole(_all_whole(programme, variables), gap=gap, seconds=seconds)
    bound = opened.objective - opened.gap * abs(opened.objective)
    apart = (made.objective - bound) / max(1.0, abs(made.objective))
    return _told(situation, model, variables, replace(made, gap=max(0.0, apart)))


def _in_whole_seats(programme: Programme, variables: Variables, found: Solution) -> Programme:
    """The same programme with the openings of an answer, and whole seats to find."""
    fixed = np.rint(found.values[variables.opened])
    lower, upper, whole = programme.lower.copy(), programme.upper.copy(), np.zeros_like(programme.whole)
    lower[variables.opened] = upper[variables.opened] = fixed
    whole[variables.seats] = 1.0
    return replace(programme, lower=lower, upper=upper, whole=whole)


def _all_whole(programme: Programme, variables: Variables) -> Programme:
    """The same programme with openings and whole seats to find together: slower, but it misses no plan."""
    whole = programme.whole.copy()
    whole[variables.seats] = 1.0
    return replace(programme, whole=whole)


def without_edits(situation: Situation) -> Situation:
    """The same situation with nothing fixed by hand."""
    return replace(situation, edits=())


def written(situation: Situation, *, whole: bool) -> tuple[Model, Variables]:
    """The model of a situation: with openings and minimum classes when `whole`."""
    model = Model()
    variables = _variables(model, situation, whole=whole)
    _teaching(model, situation, variables)
    _institute(model, situation, variables)
    _limits(model, situation, variables)
    if whole:
        _openings(model, situation, variables)
    _edits(model, situation, variables)
    _supply(model, situation, variables)
    return model, variables


def _variables(model: Model, situation: Situation, *, whole: bool) -> Variables:
    shape, years = situation.shape, situation.shape[2]
    programmes, trainers = situation.programmes, situation.trainers
    most = trainers.recruited_most[:, :, None]
    per_seat = programmes.seat_cost[:, None, None]
    opened = model.variables(shape, upper=1, cost=programmes.opening_cost[:, None, None], whole=True) if whole else None
    return Variables(
        seats=model.variables(shape, cost=per_seat),
        opened=opened if opened is not None else np.empty(0, dtype=np.int64),
        trainers=model.variables(shape, cost=programmes.trainer_cost_year[:, None, None]),
        recruited=model.variables(shape, upper=np.broadcast_to(most, shape), cost=trainers.recruited_cost),
        certified=model.variables(shape, cost=trainers.certified_cost),
        masters=model.variables((years,), cost=trainers.masters_cost_year),
        appointed=model.variables((years,), upper=trainers.masters_appointed_most),
    )


def _teaching(model: Model, situation: Situation, variables: Variables) -> None:
    """Entrants need trainers; trainers of a year are those who stayed, those recruited, those certified before."""
    shape, rows = situation.shape, numbered(situation.shape)
    ratio, stays = situation.programmes.ratio[:, None, None], (1 - situation.trainers.leave)[:, None, None]
    model.limit("taught", shape, [(rows, variables.seats, 1.0), (rows, variables.trainers, -ratio)], upper=0.0)
    later = situation.trainers.certified_after_years
    terms: list[Term] = [
        (rows, variables.trainers, 1.0),
        (rows[:, :, 1:], variables.trainers[:, :, :-1], -stays),
        (rows, variables.recruited, -1.0),
        (rows[:, :, later:], variables.certified[:, :, : shape[2] - later], -situation.trainers.certified_kept),
    ]
    held = np.zeros(shape)
    held[:, :, 0] = situation.trainers.in_post
    # Trainers may be let go: what is kept is at most what there is.
    model.limit("trainers", shape, terms, upper=held)


def _institute(model: Model, situation: Situation, variables: Variables) -> None:
    """The National Institute certifies as many trainers as its own trainers of trainers can follow."""
    trainers, years = situation.trainers, situation.shape[2]
    rows = numbered((years,))
    held = np.zeros(years)
    held[0] = trainers.masters
    stays = 1 - trainers.masters_leave
    kept: list[Term] = [
        (rows, variables.masters, 1.0),
        (rows[1:], variables.masters[:-1], -stays),
        (rows[1:], variables.appointed[:-1], -1.0),
    ]
    model.limit("masters", (years,), kept, upper=held)
    followed: list[Term] = [
        (rows, variables.certified, 1.0),
        (rows, variables.masters, -trainers.certified_by_master),
    ]
    model.limit("institute", (years,), followed, upper=0.0)


def _spending(situation: Situation, variables: Variables) -> list[tuple[Whole, Reals]]:
    """What each year pays for: variables whose last axis is the year, with their unit cost."""
    programmes, trainers = situation.programmes, situation.trainers
    spent = [
        (variables.seats, programmes.seat_cost[:, None, None]),
        (variables.trainers, programmes.trainer_cost_year[:, None, None]),
        (variables.recruited, np.array(trainers.recruited_cost)),
        (variables.certified, np.array(trainers.certified_cost)),
        (variables.masters, np.array(trainers.masters_cost_year)),
    ]
    opened = [(variables.opened, programmes.opening_cost[:, None, None])] if variables.opened.size else []
    return spent + opened


def _limits(model: Model, situation: Situation, variables: Variables) -> None:
    """Budget of each year, rooms and floor of each region, yearly stability of each programme in each region."""
    _programmes, regions, years = shape = situation.shape
    limits, rows = situation.limits, numbered(shape)
    budget = [(numbered((years,)), ids, cost) for ids, cost in _spending(situation, variables)]
    model.limit("budget", (years,), budget, upper=limits.budget)
    places = numbered((regions, years))
    model.limit("rooms", (regions, years), [(places, variables.seats, 1.0)], upper=limits.rooms)
    model.limit("floor", (regions, years), [(places, variables.seats, 1.0)], lower=limits.floor)
    for family, share in (("steady_up", 1 + limits.stability), ("steady_down", 1 - limits.stability)):
        terms: list[Term] = [
            (rows, variables.seats, 1.0),
            (rows[:, :, 1:], variables.seats[:, :, :-1], -share),
        ]
        before = np.zeros(shape)
        before[:, :, 0] = share * situation.seats_before
        if family == "steady_up":
            model.limit(family, shape, terms, upper=before + limits.step)
        else:
            model.limit(family, shape, terms, lower=before - limits.step)


def _openings(model: Model, situation: Situation, variables: Variables) -> None:
    """A programme open in a region has its minimum class at least; closed, it has nobody."""
    shape, rows = situation.shape, numbered(situation.shape)
    least = situation.programmes.minimum_class[:, None, None]
    most = _most_seats(situation)
    model.limit("minimum_class", shape, [(rows, variables.seats, 1.0), (rows, variables.opened, -least)], lower=0.0)
    model.limit("opened", shape, [(rows, variables.seats, 1.0), (rows, variables.opened, -most)], upper=0.0)


def _most_seats(situation: Situation) -> Reals:
    """More seats than any plan gives (p, r, y), but not many more.

    Rooms that nobody counted are without end, and a solver takes a millionth for closed: a thousandth of a class would
    be open in a programme told closed, and the whole seats sought after it would not exist.
    """
    limits, before = situation.limits, np.asarray(situation.seats_before, dtype=np.float64)
    asked = max([float(np.max(limits.floor, initial=0.0)), *(float(one.seats) for one in situation.edits)])
    most = np.empty(situation.shape)
    for year in range(situation.shape[2]):
        before = before * (1 + limits.stability) + limits.step
        most[:, :, year] = np.maximum(before, asked)
    least = situation.programmes.minimum_class[:, None, None]
    return np.maximum(most, least)


def _edits(model: Model, situation: Situation, variables: Variables) -> None:
    fixed = situation.edits
    ids = np.array([variables.seats[one.programme, one.region, one.year] for one in fixed], dtype=np.int64)
    seats = np.array([one.seats for one in fixed], dtype=np.float64)
    model.limit("edit", (len(fixed),), [(numbered((len(fixed),)), ids, 1.0)], lower=seats, upper=seats)


def _supply(model: Model, situation: Situation, variables: Variables) -> None:
    """Graduates who can hold an occupation are spread over the slopes of what they are worth."""
    shape = situation.needs.shape[1:]
    slopes = model.variables((len(situation.needs) + 1, *shape), upper=_widths(situation), cost=_slopes(situation))
    rows = numbered(shape)
    model.limit("supply", shape, [(rows, slopes, 1.0), *_graduates(situation, variables, rows)], lower=0.0, upper=0.0)


def _graduates(situation: Situation, variables: Variables, rows: Whole) -> list[Term]:
    """For each programme, the supply of each occupation in the year of its diploma, taken from its seats."""
    years, programmes = situation.shape[2], situation.programmes
    terms: list[Term] = []
    for rank, length in enumerate(programmes.length_years):
        reached = np.flatnonzero(programmes.flexibility[rank])
        share = programmes.kept[rank] * programmes.inserted[rank] * programmes.flexibility[rank, reached]
        first = int(length) - 1
        where = rows[reached][:, :, first : first + years]
        terms.append((where, variables.seats[rank][None, :, :], -share[:, None, None]))
    return terms


def _widths(situation: Situation) -> Reals:
    """How much supply each slope takes: from the need of one scenario to the next, then without end."""
    needs = np.sort(situation.needs, axis=0)
    last = np.full_like(needs[:1], np.inf)
    return np.concatenate([needs[:1], np.diff(needs, axis=0), last])


def _slopes(situation: Situation) -> Reals:
    """What one graduate more costs on each slope: less the posts still open, and more those already filled."""
    scenarios = len(situation.needs)
    filled = np.arange(scenarios + 1)[:, None, None, None] / scenarios
    weights, surplus = situation.weights[:, None, None], situation.surplus[:, None, None]
    cost = filled * surplus - (1 - filled) * weights
    return np.broadcast_to(cost, (scenarios + 1, *situation.needs.shape[1:]))


def _told(situation: Situation, model: Model, variables: Variables, found: Solution) -> Plan:
    values = found.values
    supply = supplied(situation, values[variables.seats])
    unmet = np.maximum(situation.needs - supply, 0).mean(axis=0)
    surplus = np.maximum(supply - situation.needs, 0).mean(axis=0)
    worst = float((situation.weights[:, None, None] * situation.needs.mean(axis=0)).sum())
    spent = [(values[ids] * cost) for ids, cost in _spending(situation, variables)]
    return Plan(
        seats=values[variables.seats],
        trainers=values[variables.trainers],
        recruited=values[variables.recruited],
        certified=values[variables.certified],
        masters=values[variables.masters],
        spent=np.sum([one.reshape(-1, situation.shape[2]).sum(axis=0) for one in spent], axis=0),
        supply=supply,
        unmet=unmet,
        surplus=surplus,
        loss=found.objective + worst,
        gap=found.gap,
        worth_of={one.family: -found.worth[one.ids] for one in model.families},
    )


def supplied(situation: Situation, seats: Reals) -> Reals:
    """Supply (o, r, year of diploma) that so many seats (p, r, y) give."""
    years, programmes = situation.shape[2], situation.programmes
    supply = np.zeros(situation.needs.shape[1:])
    share = programmes.kept * programmes.inserted
    for rank, length in enumerate(programmes.length_years):
        given = share[rank] * programmes.flexibility[rank][:, None, None] * seats[rank][None, :, :]
        supply[:, :, int(length) - 1 : int(length) - 1 + years] += given
    return supply
