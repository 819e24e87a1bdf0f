"""The plan is the best of all, as trying every one shows; what binds is what gives jobs when it is taken away."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.outlook.optimiser.choices import Cell, Limits, Setting
from minassa.outlook.optimiser.solving import NoPlan, Problem, binding, frontier, keeps_regions, solved

GRID = tuple(product((1_000, 1_700, 2_500), (0, 350, 700)))
OFFER = {"pae_rate": 1_700, "paf_rate": 350}


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """One to four cells in two regions, limits that sometimes leave no plan."""
    cells = tuple(
        Cell(
            filiere=rank + 1,
            region=draw(st.integers(1, 2)),
            pae_base_year=draw(st.integers(0, 10**9)),
            paf_base_year=draw(st.integers(0, 10**9)),
            payroll_year=draw(st.integers(0, 10**10)),
            headcount=draw(st.integers(0, 5_000)),
            **OFFER,
        )
        for rank in range(draw(st.integers(1, 4)))
    )
    limits = Limits(
        budget_year=draw(st.integers(0, 10**9)),
        pae_floor=draw(st.sampled_from((0, 1_000, 1_700))),
        paf_floor=draw(st.sampled_from((0, 350))),
        stability=draw(st.sampled_from((2_000, 5_000, 10_000, 10**8))),
        region_floor=draw(st.sampled_from((0, 8_000, 10_000))),
    )
    return Problem(cells, GRID, draw(st.sampled_from((0, 20, 60))), limits)


def every_plan(problem: Problem) -> list[tuple[Setting, ...]]:
    """Every plan within the limits, one after another."""
    return [
        one
        for one in product(*problem.settings)
        if sum(each.cost_year for each in one) <= problem.limits.budget_year and keeps_regions(problem, one)
    ]


@settings(max_examples=120, deadline=None)
@given(problems())
def test_the_plan_is_the_best_of_all(problem: Problem) -> None:
    """As many jobs as the best of every plan tried one by one; no plan when there is none; always within the limits."""
    tried = every_plan(problem)
    if not tried:
        with pytest.raises(NoPlan):
            solved(problem)
        return
    plan = solved(problem)
    assert plan.jobs_hundredths == max(sum(each.jobs_hundredths for each in one) for one in tried)
    assert plan.cost_year == sum(one.cost_year for one in plan.settings) <= problem.limits.budget_year
    assert plan.settings in tried
    assert plan.gap_hundredths < 1


def two_cells(**limits: int) -> Problem:
    """A cheap cell for a job, and a dear one."""
    cells = (
        Cell(1, 1, 10**8, 10**8, 10**10, 2_000, **OFFER),
        Cell(2, 2, 10**8, 10**8, 10**10, 500, **OFFER),
    )
    return Problem(cells, GRID, 60, Limits(**{"budget_year": 41_000_000, "stability": 10**8, **limits}))


def test_the_budget_goes_where_jobs_cost_least_and_binds() -> None:
    """What the offer gives in both goes to the first cell; with more money more jobs would come."""
    plan = solved(two_cells())
    assert plan.settings[0].pae_rate == 2_500
    assert plan.settings[1].cost_year < plan.settings[0].cost_year
    held = binding(two_cells(), plan)
    assert held["budget"] > 0
    assert held["floors"] == held["regions"] == 0


def test_a_region_that_keeps_its_part_costs_jobs_and_is_said_to_bind() -> None:
    """The second region keeps what the offer gives it: fewer jobs in all, and that is what is told."""
    fair = two_cells(region_floor=10_000)
    plan = solved(fair)
    assert keeps_regions(fair, plan.settings)
    lost = solved(two_cells()).jobs_hundredths - plan.jobs_hundredths
    assert lost > 0
    assert binding(fair, plan)["regions"] == lost


def test_more_money_never_brings_fewer_jobs() -> None:
    """The frontier rises; budgets too small for any plan are left out."""
    plans = frontier(two_cells(), [0, 20_000_000, 41_000_000, 60_000_000, 70_000_000])
    assert len(plans) == 4
    jobs = [one.jobs_hundredths for one in plans]
    assert jobs == sorted(jobs)


def test_without_response_nothing_is_gained() -> None:
    """Where jobs do not answer to money, every plan brings none: the plan says so rather than inventing."""
    problem = two_cells()
    plan = solved(Problem(problem.cells, problem.grid, 0, problem.limits))
    assert plan.jobs_hundredths == 0
