"""The plan that brings most jobs within limits: one setting for each cell, by HiGHS, checked in whole numbers.

The solver reckons in floating point: what it chooses is added up again in centimes, and a plan that would pass the
budget by a rounding is refused for the next one. The gap it reports is kept: 0 when the plan is the best there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from minassa.outlook.optimiser.choices import Cell, Limits, Setting, settings_of
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.rates import BASIS_POINTS


class NoPlan(MinassaError):
    """No setting of the grid respects the limits everywhere."""

    code = "OPTIMISER-NO-PLAN"


@dataclass(frozen=True, slots=True)
class Plan:
    """The settings of the cells, in order; cost in centimes a year; jobs, and the gap to any plan, in hundredths."""

    settings: tuple[Setting, ...]
    cost_year: int
    jobs_hundredths: int
    gap_hundredths: float


@dataclass(frozen=True, slots=True)
class Problem:
    """Cells, the grid of rates, the response of jobs (hundredths) and the limits."""

    cells: tuple[Cell, ...]
    grid: tuple[tuple[int, int], ...]
    elasticity_hundredths: int
    limits: Limits

    @property
    def settings(self) -> list[tuple[Setting, ...]]:
        """The settings that each cell may take; NoPlan when a cell has none."""
        found = [settings_of(cell, self.grid, self.elasticity_hundredths, self.limits) for cell in self.cells]
        if not all(found):
            raise NoPlan("Aucun réglage de la grille ne respecte les planchers et la stabilité dans toutes les cases.")
        return found


def solved(problem: Problem) -> Plan:
    """The best plan; NoPlan when none respects the limits."""
    choices = problem.settings
    budget = problem.limits.budget_year
    while True:
        plan = _chosen(choices, _constraints(problem, choices, budget), len(choices))
        over = plan.cost_year - problem.limits.budget_year
        if over <= 0:
            return plan
        # A rounding of the solver, never more than a few centimes of a large budget.
        budget -= over


def keeps_regions(problem: Problem, settings: Sequence[Setting]) -> bool:
    """Whether every region keeps its part of what the offer gives it, in whole centimes."""
    kept: dict[int, int] = {}
    for cell, one in zip(problem.cells, settings, strict=True):
        least = problem.limits.region_floor * cell.offered_year
        kept[cell.region] = kept.get(cell.region, 0) + one.cost_year * BASIS_POINTS - least
    return all(left >= 0 for left in kept.values())


def _constraints(problem: Problem, choices: list[tuple[Setting, ...]], budget: int) -> list[LinearConstraint]:
    """One setting for each cell, the budget, and the part that each region keeps, in parts of the budget."""
    owner = np.repeat(np.arange(len(choices)), [len(each) for each in choices])
    cost = np.array([one.cost_year for each in choices for one in each], dtype=np.float64)
    unit = float(max(budget, 1))
    one_each = csr_array((np.ones(len(owner)), (owner, np.arange(len(owner)))))
    made = [LinearConstraint(one_each, 1, 1), LinearConstraint((cost / unit)[np.newaxis, :], -np.inf, budget / unit)]
    for region in sorted({cell.region for cell in problem.cells}) if problem.limits.region_floor else ():
        inside = np.array([problem.cells[rank].region == region for rank in owner])
        offered = sum(cell.offered_year for cell in problem.cells if cell.region == region)
        least = offered * problem.limits.region_floor / BASIS_POINTS
        made.append(LinearConstraint(np.where(inside, cost / unit, 0.0)[np.newaxis, :], least / unit, np.inf))
    return made


def _chosen(choices: list[tuple[Setting, ...]], constraints: list[LinearConstraint], cells: int) -> Plan:
    every = [(rank, one) for rank, each in enumerate(choices) for one in each]
    jobs = np.array([-float(one.jobs_hundredths) for _rank, one in every])
    found = milp(
        jobs, constraints=constraints, integrality=np.ones(len(every)), bounds=Bounds(0, 1), options={"mip_rel_gap": 0}
    )
    if found.x is None:
        raise NoPlan("Aucun plan ne tient dans ce budget avec ces planchers.")
    taken = {rank: one for (rank, one), share in zip(every, found.x, strict=True) if share > 0.5}  # noqa: PLR2004
    settings = tuple(taken[rank] for rank in range(cells))
    total = sum(one.jobs_hundredths for one in settings)
    gap = max(0.0, -float(found.mip_dual_bound) - total)
    return Plan(settings, sum(one.cost_year for one in settings), total, gap)


def binding(problem: Problem, plan: Plan) -> dict[str, int]:
    """For each limit, the jobs (hundredths) that the best plan would gain without it: 0 when it does not bind."""
    return {
        name: solved(freed).jobs_hundredths - plan.jobs_hundredths if freed.limits != problem.limits else 0
        for name, freed in without_each_limit(problem).items()
    }


def without_each_limit(problem: Problem) -> dict[str, Problem]:
    """The same problem without its budget, its floors, its stability, the part that regions keep: one at a time."""
    most = sum(max(one.cost_year for one in each) for each in _free(problem).settings)
    limits = problem.limits
    without = {
        "budget": replace(limits, budget_year=max(most, limits.budget_year)),
        "floors": replace(limits, pae_floor=0, paf_floor=0),
        "stability": replace(limits, stability=BASIS_POINTS * BASIS_POINTS),
        "regions": replace(limits, region_floor=0),
    }
    return {name: replace(problem, limits=one) for name, one in without.items()}


def _free(problem: Problem) -> Problem:
    return replace(problem, limits=Limits(problem.limits.budget_year, stability=BASIS_POINTS * BASIS_POINTS))


def frontier(problem: Problem, budgets: Sequence[int]) -> list[Plan]:
    """The best plan of each budget, in their order: cost against jobs; budgets without plan are left out."""
    found = []
    for budget in budgets:
        try:
            found.append(solved(replace(problem, limits=replace(problem.limits, budget_year=budget))))
        except NoPlan:
            continue
    return found
