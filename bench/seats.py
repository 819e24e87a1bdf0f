"""The plan of seats: Williams' published answers, a national plan in real and whole numbers, 100 scenarios, a clash.

    python -m bench.seats

The national situation is drawn (60 programmes, 12 regions, 6 years, 40 occupations): its size is what is measured.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar

from bench import _williams as williams
from bench._goals import Goal
from bench._seats import national
from minassa.talent.seats.explaining import best_trainers, clashes
from minassa.talent.seats.planning import Plan, plan_of, whole_plan_of
from minassa.talent.seats.situation import Situation

LINEAR_SECONDS, WHOLE_SECONDS, SCENARIO_SECONDS, GAP = 2.0, 30.0, 180.0, 1.0
DUALITY_GAP: Final = 1e-6
EXACT: Final = 1e-4
SCENARIOS: Final = 100
LONGEST: Final = 120.0
Answer = TypeVar("Answer")


def main() -> None:
    """Print what each problem gave, then what is required."""
    _published()
    situation = national()
    plan, spent = _timed(lambda: plan_of(situation))
    _said("en nombres réels", situation, plan, spent)
    Goal("plan national en nombres réels, processeur", spent, LINEAR_SECONDS, "s").say()
    Goal("écart de dualité", plan.gap, DUALITY_GAP, "").say()
    best, spent = _timed(lambda: best_trainers(situation, plan, 3))
    for one in best:
        print(f"  un formateur de plus, {one.programme} en {one.region} : {one.posts_filled:.1f} postes pourvus")
    whole, spent = _timed(lambda: whole_plan_of(situation, seconds=LONGEST))
    _said("en nombres entiers", situation, whole, spent)
    Goal("plan national en nombres entiers, processeur", spent, WHOLE_SECONDS, "s").say()
    Goal("écart du plan entier", whole.gap * 100, GAP, "%").say()
    many = national(SCENARIOS)
    plan, spent = _timed(lambda: plan_of(many))
    _said(f"sur {SCENARIOS} scénarios", many, plan, spent)
    Goal(f"plan sur {SCENARIOS} scénarios, processeur", spent, SCENARIO_SECONDS, "s").say()
    poor = replace(situation, limits=replace(situation.limits, budget=situation.limits.budget / 50))
    found, spent = _timed(lambda: clashes(poor, whole=False))
    print(
        f"  budget divisé par 50, {spent:.1f} s : {[(one.family, one.place) for one in found]} ne tiennent pas ensemble"
    )


def _published() -> None:
    """Williams' answers, beside those that he publishes."""
    fewest, cheapest = williams.least(cost=False), williams.least(cost=True)
    print(f"Williams : {fewest.least:.6f} licenciements (publié {williams.LEAST_REDUNDANCIES})")
    print(f"  coût {cheapest.least:.2f} (publié {williams.LEAST_COST}), {cheapest.redundancies:.1f} licenciements")
    apart = max(
        abs(fewest.least / williams.LEAST_REDUNDANCIES - 1),
        abs(cheapest.least / williams.LEAST_COST - 1),
        abs(cheapest.redundancies / williams.REDUNDANCIES_AT_LEAST_COST - 1),
    )
    Goal("écart relatif à Williams", apart, EXACT, "").say()


def _timed(act: Callable[[], Answer]) -> tuple[Answer, float]:
    """What an act gives, and the seconds of processor that it took."""
    began = time.process_time()
    return act(), time.process_time() - began


def _said(how: str, situation: Situation, plan: Plan, spent: float) -> None:
    print(
        f"Plan national {how}, {'×'.join(map(str, situation.shape))} : {spent:.2f} s, perte {plan.loss / 1e6:.1f} M MAD"
    )
    print(f"  entrants {plan.seats.sum():.0f}, postes non pourvus {plan.unmet.sum():.0f}, écart {plan.gap:.1e}")


if __name__ == "__main__":
    main()
