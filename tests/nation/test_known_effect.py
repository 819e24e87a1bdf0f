from __future__ import annotations

import polars as pl
import pytest

from minassa.nation.known_effect import Planted, firm_panel
from minassa.nation.known_stays import job_stays
from minassa.vocabulary.periods import parse_month

START = parse_month("2025-01")


def panel(planted: Planted, seed: int = 4) -> pl.DataFrame:
    return firm_panel(people=8_000, months=48, seed=seed, start_month=START, planted=planted)


def test_without_an_effect_firms_live_as_they_would_have() -> None:
    rows = panel(Planted(effect=0.0))
    assert rows["headcount_month"].equals(rows["headcount_without"].alias("headcount_month"))
    assert rows["cohort_month"].null_count() not in {0, rows.height}


def test_the_effect_starts_at_the_entry_and_touches_nobody_else() -> None:
    rows = panel(Planted(effect=0.3))
    before = pl.col("month") < pl.col("cohort_month").fill_null(10**6)
    assert rows.filter(before).select((pl.col("headcount_month") == pl.col("headcount_without")).all()).item()
    ratio = pl.col("headcount_month").sum() / pl.col("headcount_without").sum()
    assert rows.filter(~before).select(ratio.log()).item() == pytest.approx(0.3, abs=0.01)


def test_a_growing_effect_is_whole_after_a_year() -> None:
    rows = panel(Planted(effect=0.3, shape="growing")).with_columns(
        (pl.col("month") - pl.col("cohort_month")).alias("since")
    )
    sums = rows.group_by("since").agg(pl.col("headcount_month", "headcount_without").sum()).drop_nulls().sort("since")
    felt = dict(zip(sums["since"], (sums["headcount_month"] / sums["headcount_without"]).log(), strict=True))
    assert felt[0] < 0.1 < felt[6] < felt[11]
    assert felt[11] == pytest.approx(0.3, abs=0.02)


def test_displaced_jobs_are_taken_from_neighbours_outside() -> None:
    rows = panel(Planted(effect=0.3, displaced=0.5))
    lost = (pl.col("headcount_without") - pl.col("headcount_month")).sum()
    outside = rows.filter(pl.col("cohort_month").is_null())
    gained = -rows.filter(pl.col("cohort_month").is_not_null()).select(lost).item()
    assert 0 < outside.select(lost).item() < 0.55 * gained


def test_firms_that_enter_are_larger_and_the_same_seed_gives_the_same() -> None:
    rows = panel(Planted(effect=0.1))
    first = rows.filter(pl.col("month") == START)
    enters = first["cohort_month"].is_not_null()
    assert first.filter(enters)["headcount_month"].mean() > 1.3 * first.filter(~enters)["headcount_month"].mean()  # type: ignore[operator]
    assert rows.equals(panel(Planted(effect=0.1)))
    assert not rows.equals(panel(Planted(effect=0.1), seed=5))


def test_departures_past_the_month_required_are_multiplied_for_helped_jobs_alone() -> None:
    made = {"people": 8_000, "months": 48, "seed": 4, "required": 18}
    same, more = job_stays(**made, log_ratio=0.0), job_stays(**made, log_ratio=1.0)
    assert same.filter(~pl.col("helped")).equals(more.filter(~pl.col("helped")))
    early = pl.col("months") < 18
    assert same.filter(early & pl.col("left")).equals(more.filter(early & pl.col("left")))
    late = pl.col("helped") & (pl.col("months") >= 18) & pl.col("left")
    assert more.filter(late).height > 1.5 * same.filter(late).height
