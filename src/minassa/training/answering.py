"""The worker's part: each plan asked is sought on the cohorts of the day, and what it gives is kept whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import numpy as np
from django.db import transaction

from minassa.journal.public import append
from minassa.statements.holding import alone
from minassa.talent.seats.catalogue import Offered
from minassa.talent.seats.explaining import best_trainers, clashes, edit_cost
from minassa.talent.seats.linear import Reals
from minassa.talent.seats.planning import Plan, plan_of, whole_plan_of
from minassa.talent.seats.situation import Situation
from minassa.talent.seats.solving import NoPlan, NotSolved
from minassa.training.asking import stream_of
from minassa.training.plan_models import SeatAnswer, SeatPlan
from minassa.training.planning import FIELDS, AskedPlan, asked_of
from minassa.training.reading import cohorts

SOLVED, CLASH, NOTHING, STOPPED = "solved", "clash", "nothing", "stopped"
TRAINERS: Final = 6
ACTOR: Final = "system:seats"
HUNDREDTHS: Final = 100
MOST_WAITING: Final = 20
"""Plans looked at in one round."""


def answer_next(at: datetime) -> bool:
    """Answer the oldest plan that nobody is answering; whether there was one.

    A plan is held by name while it is sought, without a transaction: whoever dies lets go of it, and another takes it
    again. What is found is written in one short transaction.
    """
    for plan in SeatPlan.objects.filter(answer__isnull=True).order_by("pk")[:MOST_WAITING]:
        with alone(stream_of(plan)) as free:
            if free and not SeatAnswer.objects.filter(plan=plan).exists():
                _keep(plan, *answered(plan), at)
                return True
    return False


def _keep(plan: SeatPlan, outcome: str, content: dict[str, Any], at: datetime) -> None:
    with transaction.atomic():
        SeatAnswer.objects.create(plan=plan, outcome=outcome, content=content, answered_at=at)
        append(stream_of(plan), "seats.answered", ACTOR, {"plan": plan.reference, "outcome": outcome}, at)


def answered(plan: SeatPlan) -> tuple[str, dict[str, Any]]:
    """What a plan gives on what is known now: the outcome, and all that its page tells."""
    known = [Offered(**row) for row in cohorts().values(*FIELDS)]
    if not known:
        return NOTHING, {}
    asked = asked_of(plan, known)
    try:
        return SOLVED, asked.told() | _found(asked)
    except NoPlan:
        found = clashes(asked.situation)
        edits = [[one.programme, one.region, one.year, one.seats] for one in asked.situation.edits]
        return CLASH, asked.told() | {"clashes": [[one.family, list(one.place)] for one in found], "edits": edits}
    except NotSolved:
        return STOPPED, asked.told()


def _found(asked: AskedPlan) -> dict[str, Any]:
    """The plan in whole seats, with what the plan in real numbers says of limits."""
    situation, assumed = asked.situation, asked.supposed.seats
    exact, plan = plan_of(situation), whole_plan_of(situation)
    rows = _rows(plan, situation)
    cost = edit_cost(situation, exact) if situation.edits else None
    return {
        "seats": rows,
        **asked.money({(one["programme"], one["region"]): one["seats"] for one in rows}),
        "needs": _hundredths(situation.needs.mean(axis=0).sum(axis=1)),
        "unmet": _hundredths(plan.unmet.sum(axis=1)),
        "surplus": _hundredths(plan.surplus.sum(axis=1)),
        "spent": _hundredths(plan.spent),
        "masters": _hundredths(plan.masters),
        "gap_basis_points": round(plan.gap * HUNDREDTHS * HUNDREDTHS),
        "trainers": [
            [one.programme, one.region, round(one.posts_filled * HUNDREDTHS)]
            for one in best_trainers(situation, exact, TRAINERS)
            if round(one.posts_filled)  # a sentence that says no post says nothing
        ],
        # Posts that a million dirhams more in a year would fill, at what a post is worth.
        "budget_worth": _hundredths(exact.worth_of["budget"] * 1_000_000 * HUNDREDTHS / assumed.objective.post_filled),
        "edit_cost": None if cost is None else [round(cost.posts_unmet * HUNDREDTHS), round(cost.loss * HUNDREDTHS)],
        "assumed": {"status": assumed.status.value, "note": assumed.note, "since": assumed.since.isoformat()},
    }


def _rows(plan: Plan, situation: Situation) -> list[dict[str, Any]]:
    """Each programme and region with anyone before or in the plan; trainers in hundredths."""
    shown = np.argwhere((plan.seats.sum(axis=2) > 0) | (situation.seats_before > 0))
    return [
        {
            "programme": int(programme),
            "region": int(region),
            "before": int(situation.seats_before[programme, region]),
            "seats": [round(float(one)) for one in plan.seats[programme, region]],
            "trainers": _hundredths(plan.trainers[programme, region]),
            "certified": _hundredths(plan.certified[programme, region]),
        }
        for programme, region in shown
    ]


def _hundredths(values: Reals) -> Any:  # noqa: ANN401 (numbers, in as many lists as there are axes)
    return np.rint(values * HUNDREDTHS).astype(np.int64).tolist()
