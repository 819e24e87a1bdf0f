"""What a plan hangs on: what a trainer, a room or a dirham more would fill, what an edit costs, what clashes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from minassa.talent.seats.clashes import clashing
from minassa.talent.seats.planning import DOUBTED, Plan, plan_of, without_edits, written
from minassa.talent.seats.situation import Situation


@dataclass(frozen=True, slots=True)
class TrainerWorth:
    """One trainer more in post at the start, in a programme and region: posts filled over the whole plan."""

    programme: int
    region: int
    posts_filled: float


@dataclass(frozen=True, slots=True)
class EditCost:
    """What seats fixed by hand cost together: posts left open more, and the loss in dirhams they bring."""

    posts_unmet: float
    loss: float


@dataclass(frozen=True, slots=True)
class Clash:
    """A limit that cannot hold with the others named with it: its family, and where it stands in it."""

    family: str
    place: tuple[int, ...]


def best_trainers(situation: Situation, plan: Plan, count: int) -> tuple[TrainerWorth, ...]:
    """Where one trainer more fills most posts: found by what they are worth, then tried one by one.

    What a limit is worth is a slope: the plan is made again with the trainer, so that posts told are posts filled.
    """
    worth = plan.worth_of["trainers"][:, :, 0]
    ranked = np.argsort(-worth, axis=None, kind="stable")[:count]
    found = []
    for flat in ranked:
        programme, region = (int(one) for one in np.unravel_index(flat, worth.shape))
        if worth[programme, region] <= 0:
            break
        more = situation.trainers.in_post.copy()
        more[programme, region] += 1
        again = plan_of(replace(situation, trainers=replace(situation.trainers, in_post=more)))
        found.append(TrainerWorth(programme, region, float(plan.unmet.sum() - again.unmet.sum())))
    return tuple(sorted(found, key=lambda one: -one.posts_filled))


def edit_cost(situation: Situation, plan: Plan) -> EditCost:
    """What the edits of a situation cost, against the best plan without them."""
    free = plan_of(without_edits(situation))
    return EditCost(float(plan.unmet.sum() - free.unmet.sum()), plan.loss - free.loss)


def clashes(situation: Situation, *, whole: bool = True) -> tuple[Clash, ...]:
    """The limits that cannot hold together, none of them idle; empty when a plan exists."""
    model, _variables = written(situation, whole=whole)
    return tuple(Clash(family, place) for family, place in clashing(model, DOUBTED))
