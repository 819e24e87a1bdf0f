"""Seeks the plans that were asked for, one at a time, in the worker: a step for each plan of the solver.

What is found: for each response of jobs that is assumed, the settings by filière and region, what they cost and bring,
what each limit holds back, and the frontier, budget by budget.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from minassa.entitlements.replays import offer_of
from minassa.entitlements.runs import Run, runs_in
from minassa.journal.public import append
from minassa.offer.loading import load_offer
from minassa.outlook.optimiser.choices import ROUNDING, Cell
from minassa.outlook.optimiser.grid import grid
from minassa.outlook.optimiser.nation import cells_of_run
from minassa.outlook.optimiser.solving import NoPlan, Plan, Problem, solved, without_each_limit
from minassa.outlook.response import elasticities
from minassa.proof import canonical_bytes
from minassa.registry.public import system_actor
from minassa.steering.plan_models import PremiumPlan
from minassa.steering.plans.asking import Wish, stream_of
from minassa.vocabulary.rounding import Direction, divide

MAKER: Final = "plans"
LEASE: Final = timedelta(minutes=5)
"""Time given to a step: past it, another worker takes the plan up again from its beginning."""
HUNDREDTHS: Final = 100
LIMITS: Final = ("budget", "floors", "stability", "regions")
Step = Callable[[], None]


def make_next(at: datetime) -> bool:
    """Seek the oldest plan that waits; whether there was one. A loop of the worker."""
    plan = _taken(at)
    if plan is None:
        return False
    runs = runs_in(settings.MINASSA_HOME / "runs")
    if not runs:
        _written(plan, "", {"refused": "no-run"})
        return True
    try:
        found = sought(Wish(**plan.wish), runs[-1], lambda: _stepped(plan))
    except NoPlan:
        found = {"refused": "no-plan"}
    _written(plan, runs[-1].path.name, found)
    return True


def cells_asked(run: Run) -> tuple[Cell, ...]:
    """The cells of a run in which one of the two premiums has something to be counted on."""
    cells = cells_of_run(run, offer_of(run, load_offer()))
    return tuple(cell for cell in cells if cell.pae_base_year or cell.paf_base_year)


def sought(wish: Wish, run: Run, step: Step) -> dict[str, Any]:
    """What is found for a wish on a run, as plain data; `step` is called after each plan. NoPlan when none fits."""
    cells, tried = cells_asked(run), grid()
    if not cells:
        raise NoPlan("Aucune prime n'est due dans ce calcul.")
    found = []
    for elasticity in elasticities().value:
        problem = Problem(cells, tried.pairs, elasticity, wish.limits)
        best = solved(problem)
        step()
        answer: dict[str, Any] = {"elasticity_hundredths": elasticity, **_totals(best)}
        answer["gap_hundredths"] = best.gap_hundredths
        answer["settings"] = [
            {"filiere": cell.filiere, "region": cell.region, "pae_rate": one.pae_rate, "paf_rate": one.paf_rate}
            | {"cost_year": one.cost_year, "offered_year": cell.offered_year, "jobs_hundredths": one.jobs_hundredths}
            for cell, one in zip(cells, best.settings, strict=True)
        ]
        # Without any response of jobs every plan is worth the same: nothing binds, there is no frontier.
        answer["binding"] = dict(_binding(problem, best, step)) if elasticity else {}
        answer["frontier"] = list(_frontier(problem, step)) if elasticity else []
        found.append(answer)
    return {
        "until": run.until,
        "offered_year": sum(cell.offered_year for cell in cells),
        "rates": {"pae_rate": cells[0].pae_rate, "paf_rate": cells[0].paf_rate},
        "means": [_means(cells, answer["settings"]) for answer in found],
        "responses": found,
    }


def steps_of() -> int:
    """How many plans of the solver one wish takes."""
    moved = sum(1 for one in elasticities().value if one)
    return len(elasticities().value) + moved * (len(LIMITS) + len(grid().frontier_shares))


def _binding(problem: Problem, best: Plan, step: Step) -> Iterator[tuple[str, int]]:
    """Jobs, in hundredths, that the plan would gain without each limit."""
    for name, freed in without_each_limit(problem).items():
        gained = 0 if freed.limits == problem.limits else solved(freed).jobs_hundredths - best.jobs_hundredths
        step()
        yield name, gained


def _frontier(problem: Problem, step: Step) -> Iterator[dict[str, int]]:
    """The best plan of each budget around the one asked; those in which no plan fits are left out."""
    for share in grid().frontier_shares:
        budget = problem.limits.budget_year * share // HUNDREDTHS
        try:
            best = solved(replace(problem, limits=replace(problem.limits, budget_year=budget)))
        except NoPlan:
            continue
        finally:
            step()
        yield {"budget_year": budget, **_totals(best)}


def _totals(plan: Plan) -> dict[str, int]:
    return {"cost_year": plan.cost_year, "jobs_hundredths": plan.jobs_hundredths}


def _means(cells: tuple[Cell, ...], chosen: list[dict[str, int]]) -> dict[str, int]:
    """The one rate of each premium that costs what the settings cost: their mean, by what each is counted on."""
    means = {}
    for name, base in (("pae_rate", "pae_base_year"), ("paf_rate", "paf_base_year")):
        weights = [getattr(cell, base) for cell in cells]
        whole = sum(weights)
        weighed = sum(weight * one[name] for weight, one in zip(weights, chosen, strict=True))
        means[name] = divide(weighed, whole, Direction.HALF_UP, ROUNDING) if whole else getattr(cells[0], name)
    return means


def _taken(at: datetime) -> PremiumPlan | None:
    """The oldest plan that nobody holds, held from now on."""
    with transaction.atomic():
        free = Q(leased_until__isnull=True) | Q(leased_until__lt=at)
        waiting = PremiumPlan.objects.select_for_update(skip_locked=True).filter(free, made_at__isnull=True)
        plan = waiting.order_by("asked_at", "pk").first()
        if plan is not None:
            plan.step, plan.steps, plan.leased_until = 0, steps_of(), at + LEASE
            plan.save(update_fields=["step", "steps", "leased_until"])
    return plan


def _stepped(plan: PremiumPlan) -> None:
    plan.step, plan.leased_until = plan.step + 1, timezone.now() + LEASE
    plan.save(update_fields=["step", "leased_until"])


def _written(plan: PremiumPlan, run: str, found: dict[str, Any]) -> None:
    """Write what was found, once, with its digest in the journal."""
    at = timezone.now()
    digest = hashlib.sha256(canonical_bytes(_whole(found))).hexdigest()
    with transaction.atomic():
        waiting = PremiumPlan.objects.filter(pk=plan.pk, made_at__isnull=True)
        if waiting.update(run=run, found=found, made_at=at, leased_until=None):
            body = {"run": run, "digest": digest, "refused": str(found.get("refused", ""))}
            append(stream_of(plan.pk), "plan.made", str(system_actor(MAKER)), body, at)


def _whole(found: dict[str, Any]) -> dict[str, Any]:
    """What was found in whole numbers alone: the gap that the solver reports is left out."""
    responses = [{k: v for k, v in one.items() if k != "gap_hundredths"} for one in found.get("responses", [])]
    return {**found, "responses": responses} if responses else found
