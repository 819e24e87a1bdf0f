"""Weights: raked to margins, equal to those of R and of weightipy, capped, with the variance of textbooks."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from bench.survey import R_CELLS, r_margins, weightipy_case
from minassa.talent.survey.errors import RakingError
from minassa.talent.survey.raking import Margin, as_weights, collapsed, design_effect, rake
from minassa.talent.survey.replicates import jackknife, ratio, total

GOLD = Path(__file__).parents[3] / "bench" / "gold" / "raking.tsv"


def test_weights_equal_those_published_by_r_survey_to_a_ten_thousandth() -> None:
    base, margins, expected = r_margins()
    assert len(base) == 183
    found = rake(base, margins)
    assert float(np.max(np.abs(found.weights / expected - 1))) < 1e-4
    assert found.gap < 1e-6
    assert len(R_CELLS) == 6


def test_weights_equal_those_of_weightipy_to_a_ten_thousandth() -> None:
    base, margins, expected = weightipy_case(GOLD)
    found = rake(base, margins)
    assert float(np.max(np.abs(found.weights / expected - 1))) < 1e-4
    for margin in margins:
        given = np.asarray(margin.categories)
        for name, wanted in margin.totals.items():
            assert float(found.weights[given == name].sum()) == pytest.approx(wanted, rel=1e-6)


def test_capped_weights_meet_margins_and_stay_under_the_cap() -> None:
    base = np.ones(40)
    margins = [
        Margin("a", ["x"] * 4 + ["y"] * 36, {"x": 20.0, "y": 80.0}),
        Margin("b", [("p", "q")[at % 2] for at in range(40)], {"p": 60.0, "q": 40.0}),
    ]
    free, held = rake(base, margins), rake(base, margins, cap=2.05)
    assert free.weights.max() > 2.05 * 2.5
    assert held.weights.max() <= 2.05 * 2.5 * (1 + 1e-9)
    assert held.gap < 1e-6
    assert held.capped
    with pytest.raises(RakingError):
        rake(base, margins, cap=1.5)


def test_margins_that_no_answer_can_meet_are_refused_by_name() -> None:
    with pytest.raises(RakingError, match="taille"):
        rake(np.ones(2), [Margin("taille", ["s", "s"], {"s": 1.0, "l": 1.0})])
    with pytest.raises(RakingError, match="même total"):
        rake(np.ones(2), [Margin("a", ["s", "s"], {"s": 2.0}), Margin("b", ["s", "s"], {"s": 3.0})])


def test_the_design_effect_is_one_for_equal_weights_and_grows_with_their_spread() -> None:
    assert design_effect(np.full(7, 3.0)) == pytest.approx(1.0)
    assert design_effect(as_weights([1, 3])) == pytest.approx(2 * 10 / 16)


def test_small_categories_are_put_together_until_enough_answered() -> None:
    joined = collapsed(Margin("r", ["a"] * 6 + ["b"] * 2 + ["c"], {"a": 9.0, "b": 4.0, "c": 2.0}), 3)
    assert joined.totals == {"a": 9.0, "b+c": 6.0}


def test_the_jackknife_of_a_stratified_total_is_the_textbook_variance() -> None:
    values = as_weights([3, 5, 9, 20, 24, 40])
    strata, frame = ["s"] * 3 + ["l"] * 3, {"s": 12, "l": 4}
    base = as_weights([4, 4, 4, 4 / 3, 4 / 3, 4 / 3])
    found = total(values, jackknife(base, base, strata, frame, []))
    by_hand = sum(
        frame[name] ** 2 * (1 - 3 / frame[name]) * float(np.var(part, ddof=1)) / 3
        for name, part in (("s", values[:3]), ("l", values[3:]))
    )
    assert found.value == pytest.approx(68 + 112)
    assert found.error == pytest.approx(math.sqrt(by_hand))
    assert found.low < found.value < found.high


def test_a_stratum_in_which_every_firm_answered_has_no_variance() -> None:
    base = np.ones(4)
    replicates = jackknife(base, base, ["all"] * 4, {"all": 4}, [])
    assert total(as_weights([1, 20, 300, 4000]), replicates).error == 0
    assert ratio(as_weights([1, 1, 0, 0]), base, replicates).value == 0.5


def test_raking_again_in_each_replicate_takes_away_the_variance_of_a_margin() -> None:
    categories = ["x", "x", "x", "y", "y", "y"]
    margins = [Margin("a", categories, {"x": 30.0, "y": 30.0})]
    base = np.full(6, 10.0)
    replicates = jackknife(base, rake(base, margins).weights, ["s"] * 6, {"s": 60}, margins)
    assert total(as_weights([1, 1, 1, 0, 0, 0]), replicates).error == pytest.approx(0, abs=1e-6)
