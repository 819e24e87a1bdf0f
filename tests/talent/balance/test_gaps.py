"""Gaps of the labour market: what adds up, what is counted once, what a market known to the head gives back."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import polars as pl
import pytest

from bench.gaps import MONTH, compared, incoherence, market_of, planted, scores
from minassa.nation.known_market import known_market
from minassa.talent.balance.chance import Chance
from minassa.talent.balance.cohorts import Told, by_year, expected_graduates, silent
from minassa.talent.balance.gaps import NEEDS, SOURCES, balanced, classes, gaps
from minassa.talent.balance.market import Market
from minassa.talent.balance.observed import exit_counts, flows, openings, stocks
from minassa.talent.balance.parameters import InvalidBalance, parameters, read_parameters
from minassa.talent.balance.tables import balance_tables, read_tables
from minassa.vocabulary.rates import BASIS_POINTS


@cache
def cube() -> pl.DataFrame:
    return pl.concat(compared(seed, 150) for seed in (101, 102))


@cache
def market() -> Market:
    rows = balance_tables().flexibility
    flexibility = {field: {o: part / BASIS_POINTS for o, part in row.items()} for field, row in rows.items()}
    return market_of(known_market(planted(101), flexibility, MONTH, 101))


def test_cells_add_up_at_every_grain_and_nobody_is_below_nobody() -> None:
    assert incoherence(cube()) < 1e-6
    assert float(cube()["stock"].to_numpy().min()) >= 0
    assert (cube()["gap"] - cube()["need"] + cube()["supply"]).abs().max() < 1e-6  # type: ignore[operator]


def test_the_truth_of_known_markets_is_within_the_intervals() -> None:
    told = scores(cube()).filter(pl.col("grain") == "cell").row(0, named=True)
    assert told["rows"] > 500
    assert 0.7 <= told["covered_80"] <= 0.9
    assert 0.9 <= told["covered_95"] <= 0.99


def test_intervals_hold_the_point_and_the_wider_holds_the_narrower() -> None:
    inside = pl.all_horizontal(
        pl.col("low_95") <= pl.col("low_80"),
        pl.col("low_80") <= pl.col("gap"),
        pl.col("gap") <= pl.col("high_80"),
        pl.col("high_80") <= pl.col("high_95"),
    )
    assert cube().select(inside.all()).item()


def test_the_same_seed_gives_the_same_cube() -> None:
    once, again = (gaps(market(), parameters(), balance_tables(), draws=20, seed=3) for _ in range(2))
    assert once.equals(again)


def test_staff_of_each_filiere_and_region_adds_up_to_the_road() -> None:
    found = balanced(market(), parameters(), balance_tables(), Chance())
    by_pair = found.stock[0] @ market().within
    assert np.abs(by_pair - market().along("jobs")).max() < 1e-6


def test_who_moves_up_leaves_one_post_and_takes_another() -> None:
    parts = balanced(market(), parameters(), balance_tables(), Chance()).parts
    assert parts["moving_up"].sum() == pytest.approx(parts["promoted"].sum())
    assert set(NEEDS) | set(SOURCES) == set(parts)


def test_classes_go_from_strong_surplus_to_strong_tension() -> None:
    gap = np.array([-60.0, -20.0, 0.0, 20.0, 60.0, 5.0, 0.0])
    before = np.array([1000.0] * 5 + [0.0] * 2)
    assert classes(gap, before, parameters()).tolist() == [1, 2, 3, 4, 5, 5, 3]


def test_graduates_to_come_are_those_told_else_expected_and_a_silent_cohort_adds_nobody() -> None:
    told = [
        Told("donnees", 5, 6, 100, 40, 30, 24),
        Told("donnees", 5, 6, 112, 40, None, None),
        Told("donnees", 5, 6, 124, None, None, None),
    ]
    found = expected_graduates(told, parameters(), balance_tables())
    assert found.rows() == [("data", 6, 6, 100, 24.0), ("data", 6, 6, 112, pytest.approx(40 * 0.75 * 0.8))]
    assert silent(told) == 1
    assert by_year(found, [105, 117])["month"].to_list() == [105, 117]
    assert by_year(found, [99])["month"].to_list() == []


def test_graduates_that_no_cohort_brings_again_are_counted_apart_and_what_is_measured_takes_its_place() -> None:
    known, here = market(), parameters()
    once = known.graduates.filter(pl.col("month") == known.month)
    alone = balanced(replace(known, graduates=once, more_may_come=True), here, balance_tables(), Chance()).parts
    assert alone["pipelines"].sum() == 0
    assert alone["unannounced"][0, 0].sum() > 1
    whole = balanced(known, here, balance_tables(), Chance()).parts
    assert alone["entries"] == pytest.approx(whole["entries"])
    none = here.inserted_of_graduates.model_copy(update={"value": 0, "low": 0, "high": 0})
    fields = dict.fromkeys(known.graduates["field"].unique(), none)
    nobody = balanced(replace(known, insertion=fields), here, balance_tables(), Chance()).parts
    assert nobody["pipelines"].sum() == 0


def _stays(*rows: tuple[int, int, int | None, int]) -> pl.DataFrame:
    """Person, hired and left months, year of birth: all in one line but for the filière, the person's parity."""
    return pl.DataFrame(
        [(p, 1, "2512", 6, 7, born, hired, left) for p, hired, left, born in rows],
        schema=["person", "filiere", "occupation", "region", "level", "birth_year", "hired_month", "left_month"],
        orient="row",
    )


def test_a_change_of_firm_is_no_exit_and_old_age_is_not_leaving() -> None:
    month = 2027 * 12
    stays = _stays(
        (1, month - 30, None, 1990),
        (2, month - 30, month - 5, 1990), (2, month - 5, None, 1990),
        (3, month - 30, month - 3, 1990),
        (4, month - 30, month - 3, 1966),
        (5, month - 2, None, 2000),
        (6, month - 9, month - 4, 2000),
    )  # fmt: skip
    found = flows(stays, month, 60)
    line = ("filiere", "occupation", "region", "level")
    assert found.drop(line).row(0) == (4.0, 3.0, 1.0, 1.0, 1.0)
    assert openings(found).drop(line).row(0) == (-1.0, 2.0, 1.0)
    assert stocks(stays, month)["people"].to_list() == [3.0]
    assert exit_counts(found) == {}


def test_what_the_files_say_wrongly_is_named() -> None:
    with pytest.raises(InvalidBalance, match="exit_other"):
        read_parameters("exit_other: {value: 5, low: 6, high: 7}")
    with pytest.raises(InvalidBalance, match="le tout"):
        read_tables("{status: assumed, reviewed_on: 2026-12-01, staffing: [], flexibility: {data: {'2511': 10001}}}")
