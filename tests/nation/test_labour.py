from __future__ import annotations

import numpy as np
import pytest

from minassa.nation import plan as planning
from minassa.nation.firms import NEVER
from minassa.nation.history import tell_flows, tell_moves
from minassa.nation.labour import live
from minassa.nation.market import Market
from minassa.nation.plan import make_plan
from minassa.nation.posts import REOPENED_WITHIN
from minassa.nation.spells import Entry, Origin
from minassa.vocabulary.periods import month_index


def country(people: int, months: int, *, irregularities: bool = False) -> list[Market]:
    start = month_index(2025, 1)
    plan = make_plan(people=people, months=months, seed=4, start=start, irregularities=irregularities)
    return [live(plan, basin) for basin in plan.basins]


def heads(markets: list[Market], month: int) -> int:
    return sum(int(((m.spells["start"] <= month) & (m.spells["end"] > month)).sum()) for m in markets)


@pytest.fixture(scope="module")
def five_years() -> list[Market]:
    return country(6_000, 60)


def test_jobs_grow_by_about_a_tenth_a_year(five_years: list[Market]) -> None:
    first, last = heads(five_years, 0), heads(five_years, 59)
    assert 1.07 < (last / first) ** (12 / 59) < 1.13


def test_about_a_fifth_of_the_staff_leaves_in_a_year(five_years: list[Market]) -> None:
    exits = sum(int(((m.spells["end"] >= 12) & (m.spells["end"] < 24)).sum()) for m in five_years)
    assert 0.16 < exits / heads(five_years, 18) < 0.27


def test_a_vacated_post_is_filled_within_four_months_or_six_when_it_had_been_given_up(
    five_years: list[Market],
) -> None:
    for market in five_years:
        filled = np.flatnonzero(market.spells["entry"] == Entry.VACATED_POST)
        before = market.spells["before"][filled]
        wait = market.spells["start"][filled].astype(np.int64) - market.spells["end"][before]
        assert set(np.unique(wait)) >= {0, 1, 2, 3, 4}
        assert wait.min() == 0
        assert wait.max() <= REOPENED_WITHIN
        assert np.mean(wait <= 4) > 0.97


def test_nobody_starts_before_the_one_who_left_in_the_same_month(five_years: list[Market]) -> None:
    for market in five_years:
        spells = market.spells
        filled = np.flatnonzero(spells["entry"] == Entry.VACATED_POST)
        before = spells["before"][filled]
        same = spells["start"][filled] == spells["end"][before]
        assert (spells["start_day"][filled][same] > spells["end_day"][before][same]).all()


def test_people_change_jobs_between_unrelated_firms_only(five_years: list[Market]) -> None:
    for market in five_years:
        spells = market.spells
        moved = np.flatnonzero(spells["origin"] == Origin.UNRELATED_FIRM)
        before = spells["previous"][moved]
        assert len(moved)
        assert (market.group[spells["firm"][moved]] != market.group[spells["firm"][before]]).all()
        assert (spells["start"][moved] > spells["end"][before]).all()


def test_every_post_was_there_at_the_start_or_opened_once_and_is_held_waiting_or_given_up(
    five_years: list[Market],
) -> None:
    for market in five_years:
        opened = (market.spells["entry"] == Entry.NEW_POST) | (market.spells["start"] < 0)
        assert sorted(market.spells["seat"][opened].tolist()) == list(range(len(market.seats)))
        held, kept = market.seats["occupant"] >= 0, market.seats["open"]
        assert not (held & ~kept).any()
        assert int(held.sum()) == heads([market], market.months - 1)
        assert int((~kept).sum()) <= int(market.closed.sum())


def test_flows_end_with_the_firm(five_years: list[Market]) -> None:
    assert any((market.firms.closes < market.months).any() for market in five_years)
    for market in five_years:
        flows = tell_flows(market, tell_moves(market))
        assert (flows.headcount >= 0).all()
        for firm in np.flatnonzero(market.firms.closes < market.months):
            assert (flows.headcount[firm, market.firms.closes[firm] :] == 0).all()


def test_when_numbers_run_out_people_of_the_country_are_hired_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "MOST_PEOPLE", 2_800)
    markets = country(1_500, 40)
    assert all(len(market.people) <= market.serials for market in markets)
    assert any(len(market.people) == market.serials for market in markets)
    assert heads(markets, 39) > 0.97 * heads(markets, 0)


def test_an_honest_country_moves_little_within_groups_and_a_cheating_one_more() -> None:
    def transfers(*, irregularities: bool) -> int:
        markets = country(3_000, 24, irregularities=irregularities)
        return sum(int((market.spells["origin"] == Origin.RELATED_FIRM).sum()) for market in markets)

    assert transfers(irregularities=True) > 3 * transfers(irregularities=False)


def test_nobody_in_post_at_the_end_has_a_last_month(five_years: list[Market]) -> None:
    for market in five_years:
        occupants = market.seats["occupant"][market.seats["occupant"] >= 0]
        assert (market.spells["end"][occupants] == NEVER).all()
