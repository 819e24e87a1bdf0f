from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.outlook.evaluation.effects import EventStudy, event_study
from minassa.outlook.evaluation.panel import NEVER, UnusablePanel, panel_of
from minassa.outlook.evaluation.sensitivity import sensitivity
from minassa.outlook.evaluation.stacking import Window, stacked
from tests.outlook.evaluation.scheme import START, WAVES, WINDOW, country, drawn


def studied(rows: pl.DataFrame, window: Window = WINDOW) -> EventStudy:
    return event_study(panel_of(rows), window)


@settings(max_examples=6, deadline=None)
@given(effect=st.floats(-0.5, 0.5), seed=st.integers(0, 1_000))
def test_without_noise_the_effect_is_found_exactly(effect: float, seed: int) -> None:
    study = studied(drawn(effect, seed=seed))
    assert study.mean.value == pytest.approx(effect, abs=1e-9)
    assert study.effects[WINDOW.events < 0] == pytest.approx(0, abs=1e-9)
    assert study.mean.low <= study.mean.value <= study.mean.high


def test_an_effect_that_grows_is_followed_month_by_month_though_waves_came_earlier() -> None:
    rows = drawn(0.0).with_columns(
        (
            pl.col("headcount_month")
            * (0.01 * (pl.col("month") - pl.col("cohort_month") + 1).clip(0).fill_null(0)).exp()
        ).alias("headcount_month")
    )
    study = studied(rows)
    since = WINDOW.events
    assert study.effects == pytest.approx(0.01 * np.clip(since + 1, 0, None), abs=1e-9)


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 1_000))
def test_other_names_and_another_order_change_nothing(seed: int) -> None:
    rows = drawn(0.1, noise=0.05)
    rng = np.random.default_rng(seed)
    names = rows["affiliation"].unique().sort()
    other = dict(zip(names, rng.permutation(len(names)) + 1, strict=True))
    shuffled = rows.with_columns(pl.col("affiliation").replace_strict(other)).sample(
        fraction=1.0, shuffle=True, seed=seed
    )
    one, two = studied(rows), studied(shuffled)
    assert two.effects == pytest.approx(one.effects)
    assert two.mean.error == pytest.approx(one.mean.error)
    assert two.pre_trend_p == pytest.approx(one.pre_trend_p)


@settings(max_examples=6, deadline=None)
@given(level=st.floats(0.5, 20.0))
def test_a_size_of_each_firm_or_a_shock_of_each_month_changes_nothing(level: float) -> None:
    rows = drawn(0.1, noise=0.05)
    moved = rows.with_columns(
        (
            pl.col("headcount_month")
            * (1 + level * (pl.col("affiliation") % 7))
            * (1 + pl.col("month") % 5 * pl.col("filiere"))
        ).alias("headcount_month")
    )
    assert studied(moved).effects == pytest.approx(studied(rows).effects)


def test_only_firms_that_had_not_entered_by_the_end_of_the_window_are_compared_with() -> None:
    panel = panel_of(drawn(0.1))
    stack = stacked(panel, WINDOW)
    cohort = dict(zip(panel.firm, panel.cohort, strict=True))
    for block in range(stack.blocks):
        here = stack.block == block
        (wave,) = {cohort[firm] for firm in stack.firm[here & stack.entered]}
        assert all(cohort[firm] >= wave + WINDOW.after for firm in stack.firm[here & ~stack.entered])
        assert stack.weight[here & ~stack.entered].sum() == pytest.approx(stack.weight[here & stack.entered].sum())


def test_a_wave_whose_window_is_not_whole_is_counted_as_left_out() -> None:
    panel = panel_of(drawn(0.1))
    late = stacked(panel, Window(6, 13))
    assert late.entered_left_out == int((panel.cohort == WAVES[2]).sum())
    assert stacked(panel, Window(30, 30)).blocks == 0


def test_a_cell_with_one_firm_to_compare_with_is_left_out() -> None:
    rows = drawn(0.1).with_columns(
        pl.when(pl.col("affiliation") <= 9_900_002).then(9).otherwise(1).cast(pl.Int8).alias("filiere")
    )
    panel = panel_of(rows)
    assert stacked(panel, WINDOW).entered_left_out == 1


def test_too_few_firms_are_refused_in_words() -> None:
    with pytest.raises(UnusablePanel, match="10 de chaque"):
        studied(drawn(0.1, firms=12))


@pytest.mark.parametrize("word", ["turnover", "log"])
def test_an_unknown_outcome_is_refused(word: str) -> None:
    with pytest.raises(UnusablePanel):
        panel_of(drawn(0.1), outcome=word)


def test_firms_absent_in_a_month_are_set_aside_and_counted() -> None:
    rows = drawn(0.1)
    holed = rows.filter((pl.col("affiliation") != 9_900_003) | (pl.col("month") != START + 4))
    assert panel_of(holed).set_aside == 1
    assert panel_of(holed, outcome="headcount").set_aside == 0
    with pytest.raises(UnusablePanel, match="trou"):
        panel_of(rows.filter(pl.col("month") != START + 4))


def test_a_drift_before_the_entry_is_told_and_taken_off() -> None:
    study = studied(drawn(0.0, slope=0.01, noise=0.002))
    found = sensitivity(study)
    assert study.pre_trend_p < 0.01
    assert study.drift.low > 0
    assert study.mean.low > 0
    assert found.straightened.value == pytest.approx(0, abs=0.01)
    assert found.breakdown is not None
    assert found.breakdown < 1.2
    assert all(bounds.low <= study.mean.low and bounds.high >= study.mean.high for bounds in found.bounds)


def test_the_naive_comparison_takes_growth_for_an_effect_where_ours_does_not() -> None:
    study = studied(country(0.0), Window(12, 18))
    assert study.naive.low > 0
    assert not study.mean.significant


def test_a_known_effect_of_a_synthetic_country_is_within_the_interval() -> None:
    study = studied(country(0.2), Window(12, 18))
    assert study.mean.low < 0.2 < study.mean.high
    assert study.mean.low > 0


def test_never_is_after_every_month() -> None:
    panel = panel_of(drawn(0.1))
    assert panel.last_month < NEVER
    assert (panel.cohort == NEVER).sum() == len(panel.firm) / 2
