"""The manpower problem of H. P. Williams (Model Building in Mathematical Programming): three skills over three years.

Written with the model of `minassa.talent.seats`. Who is retrained leaves at the rate of the skill he or she comes to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from minassa.talent.seats.linear import Model, Reals, Term, Whole, numbered
from minassa.talent.seats.solving import Solution, solved

YEARS: Final = 3
SKILLS: Final = 3
STRENGTH: Final = np.array([2000.0, 1500.0, 1000.0])
NEEDED: Final = np.array([[1000.0, 1400, 1000], [500, 2000, 1500], [0, 2500, 2000]])
LEAVE_FIRST_YEAR: Final = np.array([0.25, 0.20, 0.10])
LEAVE: Final = np.array([0.10, 0.05, 0.05])
LEAVE_DOWNGRADED: Final = 0.5
RECRUITS: Final = np.array([500.0, 800, 500])
RETRAINED: Final = np.array([200.0, np.inf])
RETRAINED_OF_SKILLED: Final = 0.25
OVERMANNED: Final = 150.0
SHORT_TIME: Final = 50.0
COSTS: Final = {
    "redundant": (200.0, 500.0, 500.0),
    "overmanned": (1500.0, 2000.0, 3000.0),
    "short_time": (500.0, 400.0, 400.0),
}
RETRAINING_COSTS: Final = (400.0, 500.0)

LEAST_REDUNDANCIES: Final = 841.797
LEAST_COST: Final = 498_677.29
REDUNDANCIES_AT_LEAST_COST: Final = 1_423.7


@dataclass(frozen=True, slots=True)
class Answer:
    """What was minimised, the redundancies over three years, and the answer of the solver."""

    least: float
    redundancies: float
    solution: Solution


def least(*, cost: bool) -> Answer:
    """Redundancies minimised, or the whole cost when `cost`."""
    model = Model()
    shape = (YEARS, SKILLS)
    priced = {name: np.array(each) * cost for name, each in COSTS.items()}
    strength = model.variables(shape)
    recruited = model.variables(shape, upper=RECRUITS)
    retrained = model.variables((YEARS, 2), upper=RETRAINED, cost=np.array(RETRAINING_COSTS) * cost)
    downgraded = model.variables((YEARS, 3))
    redundant = model.variables(shape, cost=priced["redundant"] if cost else 1.0)
    overmanned = model.variables(shape, cost=priced["overmanned"])
    short_time = model.variables(shape, upper=SHORT_TIME, cost=priced["short_time"])
    rows = numbered(shape)
    _balance(model, strength, recruited, retrained, downgraded, redundant)
    needs = [(rows, strength, 1.0), (rows, overmanned, -1.0), (rows, short_time, -0.5)]
    model.limit("needed", shape, needs, lower=NEEDED, upper=NEEDED)
    years = numbered((YEARS,))
    of_skilled = [(years, retrained[:, 1], 1.0), (years, strength[:, 2], -RETRAINED_OF_SKILLED)]
    model.limit("retrained", (YEARS,), of_skilled, upper=0.0)
    model.limit("overmanned", (YEARS,), [(years[:, None], overmanned, 1.0)], upper=OVERMANNED)
    found = solved(model.programme())
    return Answer(found.objective, float(found.values[redundant].sum()), found)


def _balance(
    model: Model, strength: Whole, recruited: Whole, retrained: Whole, downgraded: Whole, redundant: Whole
) -> None:
    """Strength = those who stayed + recruits who stay + moves that stay - moves away - redundancies."""
    rows = numbered((YEARS, SKILLS))
    stays: Reals = 1 - LEAVE
    terms: list[Term] = [
        (rows, strength, 1.0),
        (rows[1:], strength[:-1], -stays),
        (rows, recruited, -(1 - LEAVE_FIRST_YEAR)),
        (rows, redundant, 1.0),
        (rows[:, :2], retrained, 1.0),
        (rows[:, 1:], retrained, -stays[1:]),
    ]
    for rank, (above, below) in enumerate(((1, 0), (2, 0), (2, 1))):
        terms += [
            (rows[:, above], downgraded[:, rank], 1.0),
            (rows[:, below], downgraded[:, rank], -(1 - LEAVE_DOWNGRADED)),
        ]
    held = np.zeros((YEARS, SKILLS))
    held[0] = stays * STRENGTH
    model.limit("balance", rows.shape, terms, lower=held, upper=held)
