"""Samples: every large firm, Neyman's allocation, the same draw from the same seed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.survey import made_up_firms
from minassa.talent.survey.design import TAKE_ALL, Design, Firm, draw, neyman, strata_of
from minassa.talent.survey.errors import SampleError

DESIGN = Design(take_all_above=250, upper_headcounts=(9, 49), size=300)


def test_every_firm_above_the_threshold_is_asked_with_weight_one() -> None:
    firms = made_up_firms("t")
    found = draw(firms, DESIGN, "s")
    large = {one.key for one in firms if one.headcount > 250}
    assert large
    assert {one.firm.key for one in found.drawn if one.stratum[1] == TAKE_ALL} == large
    assert all(one.weight == 1 for one in found.drawn if one.firm.key in large)
    assert len(found.drawn) == 300


def test_weights_of_a_stratum_add_up_to_its_firms() -> None:
    found = draw(made_up_firms("t"), DESIGN, "s")
    for stratum, firms in found.frame.items():
        weights = [one.weight for one in found.drawn if one.stratum == stratum]
        assert sum(weights) == pytest.approx(firms)
        assert len(weights) == found.allocation[stratum] >= min(2, firms)


def test_the_same_seed_draws_the_same_list_whatever_the_order_of_the_frame() -> None:
    firms = made_up_firms("t")
    assert draw(firms, DESIGN, "s").digest == draw(firms[::-1], DESIGN, "s").digest
    assert draw(firms, DESIGN, "s").digest != draw(firms, DESIGN, "other").digest


def test_neyman_gives_more_to_strata_that_are_larger_or_more_unequal() -> None:
    even = [Firm(f"a{at}", 1, "r", 100 + at % 2) for at in range(50)]
    uneven = [Firm(f"b{at}", 2, "r", 50 + 4 * at) for at in range(50)]
    found = neyman(strata_of([*even, *uneven], replace(DESIGN, upper_headcounts=())), 40)
    assert sum(found.values()) == 40
    assert found[2, "0-250", "r"] > 10 * found[1, "0-250", "r"] / 3


def test_a_sample_too_small_for_what_must_be_taken_is_refused() -> None:
    with pytest.raises(SampleError, match="trop petit"):
        draw(made_up_firms("t"), replace(DESIGN, size=20), "s")
    with pytest.raises(SampleError, match="deux fois"):
        draw([Firm("a", 1, "r", 1)] * 2, DESIGN, "s")
