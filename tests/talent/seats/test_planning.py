from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from minassa.talent.seats.explaining import Clash, best_trainers, clashes, edit_cost
from minassa.talent.seats.planning import plan_of, supplied, whole_plan_of
from minassa.talent.seats.situation import BadSituation, Edit, Limits
from minassa.talent.seats.solving import NoPlan
from tests.talent.seats.small import PLENTY, small


def test_trainers_hold_seats_and_one_more_fills_what_its_entrants_bring() -> None:
    situation = small()
    plan = plan_of(situation)
    # Three trainers of ten entrants each, of whom 0.8 x 0.5 fill a post.
    assert plan.seats == pytest.approx(np.full((2, 2, 3), 30.0))
    assert plan.unmet == pytest.approx(np.full((2, 2, 3), 40 - 12.0))
    worth = best_trainers(situation, plan, 1)
    assert worth[0].posts_filled == pytest.approx(3 * 10 * 0.4)
    assert plan.gap < 1e-6


def test_the_loss_told_is_that_of_posts_left_open_and_of_what_is_spent() -> None:
    situation = small()
    plan = plan_of(situation)
    lost = float((situation.weights[:, None, None] * plan.unmet).sum())
    assert plan.loss == pytest.approx(lost + plan.spent.sum())
    assert plan.supply == pytest.approx(supplied(situation, plan.seats))


def test_scenarios_weigh_as_their_mean_and_surplus_is_paid_for() -> None:
    # One scenario without need: half of the time, each graduate is one too many.
    needs = np.concatenate([np.full((1, 2, 2, 3), 4.0), np.zeros((1, 2, 2, 3))])
    plan = plan_of(small(needs=needs))
    assert plan.supply == pytest.approx(np.full((2, 2, 3), 4.0))
    assert plan.unmet.sum() == pytest.approx(0.0)
    assert plan.surplus == pytest.approx(np.full((2, 2, 3), 2.0))
    # Where a post is worth less than what fills it, nobody is trained.
    dear = plan_of(small(needs=needs, weights=np.full(2, 40_000.0)))
    assert dear.seats.sum() == pytest.approx(0.0)


def test_trainers_come_from_the_institute_a_year_later_and_some_leave() -> None:
    trainers = replace(
        small().trainers,
        in_post=np.ones((2, 2)),
        leave=np.full(2, 0.5),
        masters=1.0,
        certified_by_master=2.0,
        certified_kept=0.5,
    )
    plan = plan_of(small(trainers=trainers, needs=np.full((1, 2, 2, 3), 1_000.0)))
    assert plan.trainers.sum(axis=(0, 1)) == pytest.approx([4.0, 3.0, 2.5])
    assert plan.certified.sum(axis=(0, 1))[:2] == pytest.approx([2.0, 2.0])


def test_whole_plan_is_the_best_of_all_those_tried_one_by_one() -> None:
    base = small(needs=np.full((1, 2, 2, 3), 7.0))
    trainers = replace(base.trainers, in_post=np.array([[2.0, 0.0], [2.0, 0.0]]))
    limits = replace(base.limits, rooms=np.array([[26.0] * 3, [0.0] * 3]), stability=0.0, step=0.0)
    before = np.array([[13.0, 0.0], [13.0, 0.0]])
    steps = replace(limits, stability=1.0, step=1_000.0)
    situation = replace(base, trainers=trainers, limits=steps, seats_before=before)
    found = whole_plan_of(situation, gap=0.0)
    sizes = [0, *range(12, 21)]
    best = min(
        sum(10_000 * one + 100_000 * max(0.0, 7 - 0.4 * one) + 5_000 * max(0.0, 0.4 * one - 7) for one in pair)
        + 1_000 * sum(one / 10 for one in pair)
        for pair in product(sizes, sizes)
        if sum(pair) <= 26
    )
    others = 100_000 * 7.0 * 2
    assert found.loss == pytest.approx(3 * (best + others))
    assert np.all((found.seats < 0.5) | (found.seats > 11.5))


def test_seats_fixed_by_hand_are_kept_and_their_cost_is_told() -> None:
    situation = small(edits=(Edit(programme=0, region=1, year=2, seats=20),))
    plan = plan_of(situation)
    assert plan.seats[0, 1, 2] == pytest.approx(20.0)
    cost = edit_cost(situation, plan)
    assert cost.posts_unmet == pytest.approx(10 * 0.4)
    assert cost.loss == pytest.approx(10 * 0.4 * 100_000 - 10 * 10_000 - 1_000)


def test_a_plan_that_cannot_be_names_the_limits_that_clash_and_no_other() -> None:
    base = small()
    limits = replace(base.limits, floor=np.array([[0.0] * 3, [0.0, 50.0, 0.0]]), budget=np.array([1e9, 2e5, 1e9]))
    situation = replace(base, limits=limits, edits=(Edit(0, 0, 0, 15),))
    with pytest.raises(NoPlan):
        plan_of(situation)
    assert set(clashes(situation)) == {Clash("budget", (1,)), Clash("floor", (1, 1))}


def test_a_programme_that_closes_only_in_parts_of_seats_is_planned_all_the_same() -> None:
    limits = Limits(np.full(3, PLENTY), np.full((2, 3), PLENTY), np.zeros((2, 3)), stability=0.3, step=18.0)
    # Nobody is needed: 62 entrants may become 25.4, then none; from 26 whole, a fifth of a seat: a class.
    plan = whole_plan_of(small(limits=limits, needs=np.zeros((1, 2, 2, 3)), seats_before=np.array([[62.0, 0], [0, 0]])))
    assert plan.seats[0, 0] == pytest.approx([26, 12, 0])
    assert plan.seats.sum() == pytest.approx(38)


def test_an_edit_under_the_minimum_class_clashes_with_it_in_the_plan_in_whole() -> None:
    situation = small(edits=(Edit(0, 0, 0, 5),))
    assert plan_of(situation).seats[0, 0, 0] == pytest.approx(5.0)
    assert set(clashes(situation)) == {Clash("edit", (0,)), Clash("minimum_class", (0, 0, 0))}
    assert clashes(small()) == ()


def test_arrays_that_do_not_fit_are_refused() -> None:
    with pytest.raises(BadSituation):
        small(needs=np.zeros((1, 2, 2, 7)))
