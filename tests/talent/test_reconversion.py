"""Reconversion: closeness worked by hand, what a move tells, and plans of a closing site against every other plan."""

from __future__ import annotations

from itertools import product
from math import log, sqrt

import numpy as np
import pytest
from scipy.stats import mannwhitneyu

from minassa.talent.reconversion.closeness import Asked, Closeness
from minassa.talent.reconversion.closing import Plan, Staff, Terms, plan
from minassa.talent.reconversion.moves import Obstacle, Passages, shipped_passages
from minassa.talent.reconversion.nearness import company, places
from minassa.talent.reconversion.settings import settings
from minassa.talent.reference.entries import Kind
from minassa.talent.reference.reading import reference

ADVISER, CHAT, HELP_DESK, WEB, CLOUD = "MO-4222-01", "MO-4222-02", "MO-3512-01", "MO-2513-05", "MO-2512-01"


@pytest.fixture(scope="module")
def passages() -> Passages:
    return shipped_passages()


def test_a_cosine_worked_by_hand() -> None:
    asked = {
        "A": Asked(frozenset("xy"), frozenset("z")),
        "B": Asked(frozenset("x"), frozenset("y")),
        "C": Asked(frozenset("z"), frozenset()),
        "D": Asked(frozenset("w"), frozenset()),
    }
    near = Closeness(asked, 1.0, 0.5)
    rare = log(2)  # x, y and z are each asked by two occupations of four
    a, b = sqrt(rare**2 * (1 + 1 + 0.25)), sqrt(rare**2 * (1 + 0.25))
    assert near.between("A", "B") == pytest.approx(rare**2 * (1 + 0.5) / (a * b))
    assert near.between("A", "B") == pytest.approx(near.between("B", "A"))
    assert near.between("B", "D") == 0.0
    assert near.of_skills("z") == near.vector("C") == {"z": 1.0}


def test_company_of_three_occupations_worked_by_hand() -> None:
    told = np.array([[1.0, 0.5, 0.1], [0.5, 1.0, 0.3], [0.1, 0.3, 1.0]])
    # A sees B second of three and C last; B sees A second and C last; C sees B second and A last.
    near = places([told])
    assert near == pytest.approx(np.array([[1, 2 / 3, 1 / 3], [2 / 3, 1, 1 / 2], [1 / 3, 1 / 2, 1]]))
    a, c = np.array([1, 4 / 9, 1 / 9]), np.array([1 / 9, 1 / 4, 1])
    kept = company(near, 2)
    assert kept[0] @ kept[2] == pytest.approx(a @ c / np.linalg.norm(a) / np.linalg.norm(c))


def test_someone_who_holds_what_an_occupation_asks_is_as_near_as_it_is_to_all_others(passages: Passages) -> None:
    near, held = passages.nearness, passages.closeness.vector(WEB)
    told = near.of_person(held, WEB)
    # Not equal: an occupation is first of all in its own eyes, someone else is only tied with it.
    assert told == pytest.approx({code: near.between(WEB, code) for code in reference().occupations}, abs=1e-3)


def test_occupations_of_one_unit_group_are_nearer_than_the_cosine_of_skills_alone_tells(passages: Passages) -> None:
    groups = np.array([one.isco08 for one in reference().occupations.values()])
    upper = np.triu_indices(len(groups), 1)
    same = (groups[:, None] == groups)[upper]
    area, plain = (
        mannwhitneyu(square[upper][same], square[upper][~same]).statistic / (same.sum() * (~same).sum())
        for square in (passages.nearness.square(), passages.nearness.likenesses[0])
    )
    assert area > 0.92 > plain


def test_an_occupation_that_is_already_held_asks_nothing_more(passages: Passages) -> None:
    move = passages.one(passages.leaving(WEB), WEB)
    assert (move.hours, move.missing, move.level_gap) == (0, (), 0)
    assert move.coverage == pytest.approx(1.0)
    assert move.similarity == pytest.approx(1.0)


def test_coverage_is_not_the_same_both_ways(passages: Passages) -> None:
    there, back = passages.one(passages.leaving(CHAT), HELP_DESK), passages.one(passages.leaving(HELP_DESK), CHAT)
    assert there.similarity == pytest.approx(back.similarity)
    assert there.coverage != pytest.approx(back.coverage)


def test_hours_are_those_of_the_missing_skills_by_kind_and_level(passages: Passages) -> None:
    leaving = passages.leaving(WEB, held=frozenset())
    move, aimed = passages.one(leaving, CLOUD), reference().occupations[CLOUD]
    kinds = [reference().skills[skill].kind for skill in aimed.essential]
    assert move.hours == 90 * kinds.count(Kind.SKILL) + 60 * kinds.count(Kind.KNOWLEDGE)
    assert move.similarity == 0.0
    assert {*move.obstacles} == {Obstacle.FAR, Obstacle.LITTLE, Obstacle.LONG}


def test_a_wage_that_falls_too_low_stands_in_the_way_and_an_unknown_one_does_not(passages: Passages) -> None:
    told = passages.one(passages.leaving(WEB, wages={WEB: 10_000, CHAT: 7_499}), CHAT)
    enough = passages.one(passages.leaving(WEB, wages={WEB: 10_000, CHAT: 7_500}), CHAT)
    unknown = passages.one(passages.leaving(WEB), CHAT)
    assert Obstacle.WAGE in told.obstacles
    assert Obstacle.WAGE not in enough.obstacles
    assert (unknown.wage_ratio, Obstacle.WAGE in unknown.obstacles) == (None, False)


def test_advised_moves_come_first_and_the_nearest_of_them_before(passages: Passages) -> None:
    moves = passages.all(passages.leaving(WEB))
    advised = [move.similarity for move in moves if move.advised]
    assert len(moves) == len(reference().occupations) - 1
    assert advised == sorted(advised, reverse=True)
    assert all(not move.advised for move in moves[len(advised) :])


STAFF = (Staff(ADVISER, 3), Staff(CHAT, 2))


def _plan(passages: Passages, seats: dict[str, int], budget: int | None = None) -> Plan:
    return plan(STAFF, Terms(seats, 0.0, 0.0, 2_000, budget), passages, settings())


@pytest.mark.parametrize("budget", [None, 3_000_000, 0], ids=["free", "short of money", "no money"])
def test_no_other_plan_places_more_people_or_the_same_for_fewer_hours(passages: Passages, budget: int | None) -> None:
    seats = {HELP_DESK: 2, "MO-2434-04": 1, "MO-3512-04": 1}
    found = _plan(passages, seats, budget)
    hours = {
        (one.occupation, to): passages.one(passages.leaving(one.occupation), to).hours for one in STAFF for to in seats
    }
    most = None if budget is None else budget / settings().cost.hour_cents
    best = max(
        (sum(sent), -spent)
        for sent in product(range(3), repeat=6)
        for spent in [sum(n * hours[route] for n, route in zip(sent, hours, strict=True))]
        if _fits(dict(zip(hours, sent, strict=True)), seats) and (most is None or spent <= most)
    )
    assert (found.placed, -found.hours) == best
    assert found.placed + found.people_left == sum(one.people for one in STAFF)
    assert found.cost_cents == found.hours * settings().cost.hour_cents


def _fits(sent: dict[tuple[str, str], int], seats: dict[str, int]) -> bool:
    leaving = all(sum(n for (out, _), n in sent.items() if out == one.occupation) <= one.people for one in STAFF)
    return leaving and all(sum(n for (_, to), n in sent.items() if to == code) <= seats[code] for code in seats)


def test_people_are_left_when_no_target_covers_enough_of_what_they_know(passages: Passages) -> None:
    found = plan(STAFF, Terms({CLOUD: 100}, 0.0, 0.5, 2_000), passages, settings())
    assert (found.placed, found.people_left, found.cost_cents) == (0, 5, 0)
    assert found.unused_seats == {CLOUD: 100}


def test_eight_hundred_people_are_placed_within_the_seats(passages: Passages) -> None:
    staff = (Staff(ADVISER, 640), Staff(CHAT, 110), Staff(HELP_DESK, 50))
    seats = {HELP_DESK: 260, "MO-2434-04": 120, "MO-2519-01": 90, CHAT: 200}
    found = plan(staff, Terms(seats, 0.1, 0.2, 600), passages, settings())
    taken = {code: sum(f.people for f in found.flows if f.move.to.code == code) for code in seats}
    assert all(taken[code] + found.unused_seats[code] == seats[code] for code in seats)
    assert found.placed + found.people_left == 800
    assert all(
        flow.move.similarity >= 0.1 and flow.move.coverage >= 0.2 and flow.move.hours <= 600 for flow in found.flows
    )
