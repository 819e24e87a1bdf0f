from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest
import yaml

from minassa.nation.known_stays import job_stays
from minassa.outlook.evaluation.anyway import anyway
from minassa.outlook.evaluation.displacement import displacement
from minassa.outlook.evaluation.effects import event_study
from minassa.outlook.evaluation.evaluating import Data, Document, evaluated
from minassa.outlook.evaluation.panel import UnusablePanel, panel_of
from minassa.outlook.evaluation.plan import Frozen, InvalidPlan, plan, read_plan, read_register
from minassa.outlook.evaluation.survival import kept_jobs
from minassa.outlook.evaluation.synthetic_control import blend
from tests.outlook.evaluation.scheme import START, WINDOW, country, drawn

JOBS = {"people": 12_000, "months": 48, "seed": 5, "required": 18}


def stays(log_ratio: float = 0.0) -> pl.DataFrame:
    return job_stays(**JOBS, log_ratio=log_ratio)


def frozen(**changes: object) -> Frozen:
    """The plan of this version as if registered before the data, then changed."""
    found = plan("emplois")
    return Frozen(found.plan.model_copy(update=changes), found.digest, date(2024, 12, 1))


def result(effect: float, **changes: object) -> Document:
    return evaluated(frozen(**changes), Data(country(effect), stays()))


def test_the_registered_plan_is_the_one_that_was_written_that_day() -> None:
    assert not plan("emplois").changed
    assert plan("emplois").registered_on == plan("emplois").plan.dated


def test_a_plan_that_says_anything_else_has_another_digest() -> None:
    found = plan("emplois").plan
    other = found.model_copy(update={"compare_within": ()})
    assert other.digest != found.digest
    assert read_plan(yaml.safe_dump(found.model_dump(mode="json"), allow_unicode=True)).digest == found.digest


@pytest.mark.parametrize("text", ["name: x", "[]", "name: [", ""])
def test_a_plan_out_of_its_schema_is_refused(text: str) -> None:
    with pytest.raises(InvalidPlan):
        read_plan(text)
    with pytest.raises(InvalidPlan):
        read_register(text)
    with pytest.raises(InvalidPlan, match="enregistré"):
        plan("autre")


def test_a_result_carries_its_plan_and_deviates_from_nothing() -> None:
    found = result(0.2)
    assert found["digest"] == plan("emplois").digest
    assert found["jobs"]["deviations"] == []
    assert found["jobs"]["said"] == "adds"
    assert found["jobs"]["mean"]["low"] < 0.2 < found["jobs"]["mean"]["high"]
    assert [row["month"] for row in found["jobs"]["months"]] == list(range(-6, 12))
    assert found["stays"]["jobs_helped"] > 0


def test_a_result_of_no_effect_says_neither_that_jobs_were_added_nor_lost() -> None:
    assert result(0.0)["jobs"]["said"] in {"unsure", "negligible"}


def test_a_changed_plan_and_one_written_late_are_told() -> None:
    changed = result(0.2, compare_within=())
    assert changed["jobs"]["deviations"] == ["plan-changed"]
    assert changed["jobs"]["trust"] != "high"
    late = evaluated(Frozen(frozen().plan, frozen().digest, date(2040, 1, 1)), Data(country(0.2), stays()))
    assert late["jobs"]["deviations"] == ["written-late"]


def test_a_window_cut_and_cells_merged_are_told() -> None:
    rows = drawn(0.1, firms=96).with_columns(pl.lit(1).cast(pl.Int8).alias("filiere"))
    short = rows.filter(pl.col("month") < START + 20)
    found = evaluated(frozen(), Data(short, stays()))["jobs"]
    assert "window-cut" in found["deviations"]
    alone = rows.with_columns((pl.col("affiliation") % 120).cast(pl.Int8).alias("filiere"))
    found = evaluated(frozen(), Data(alone, stays()))["jobs"]
    assert "cells-merged" in found["deviations"]
    assert found["mean"]["value"] == pytest.approx(0.1)


def test_what_cannot_be_said_is_a_sentence() -> None:
    empty = Data(drawn(0.1).head(0), stays().head(0))
    for data in (empty, Data(drawn(0.1, firms=8), stays().head(20))):
        found = evaluated(frozen(), data)
        assert found["jobs"]["said"] == "refused"
        assert found["jobs"]["refused"]
        assert found["stays"]["refused"]


def test_firms_that_moved_apart_before_the_entry_are_trusted_little() -> None:
    found = evaluated(frozen(compare_within=()), Data(drawn(0.0, slope=0.01, noise=0.002), stays()))["jobs"]
    assert found["said"] == "adds"
    assert found["trust"] == "low"


def test_jobs_that_would_have_been_there_anyway_are_those_not_added() -> None:
    panel = panel_of(drawn(0.2))
    study = event_study(panel, WINDOW)
    found = anyway(panel, study, logarithm=True)
    last = panel.cohort[::2] + WINDOW.after - 1 - panel.first_month
    heads = panel.headcount[::2][np.arange(24), last].sum()
    assert found.added == pytest.approx(heads * (1 - np.exp(-0.2)))
    assert found.paid_for == 24 * WINDOW.after
    assert found.anyway == pytest.approx(1 - found.added / found.paid_for)


def test_jobs_taken_from_neighbours_are_seen_and_none_where_none_are() -> None:
    taken = displacement(panel_of(country(0.3, displaced=0.9)))
    assert taken.mean.high < 0
    nothing = displacement(panel_of(country(0.3)))
    assert nothing.mean.low < 0 < nothing.mean.high
    with pytest.raises(UnusablePanel):
        displacement(panel_of(drawn(0.1)))


def test_departures_past_the_month_required_are_compared() -> None:
    same, more = (kept_jobs(stays(ratio), 18, 12) for ratio in (0.0, 0.8))
    assert same.ratio.low < 0 < same.ratio.high
    assert more.ratio.low > 0
    assert more.ratio.low < 0.8 < more.ratio.high
    assert more.helped.held[-1] < more.others.held[-1]
    assert list(more.helped.held) == sorted(more.helped.held, reverse=True)
    assert more.helped.months == tuple(range(1, 13))


def test_jobs_that_all_last_are_held_in_full_or_refused() -> None:
    with pytest.raises(UnusablePanel, match="départs"):
        kept_jobs(stays().with_columns(pl.lit(value=False).alias("left")), 18, 12)


def test_a_blend_that_fits_gives_back_the_effect_of_the_place() -> None:
    rng = np.random.default_rng(1)
    others = np.cumsum(rng.normal(0, 0.02, (9, 30)), axis=1) + rng.normal(0, 1, (9, 1))
    place = 0.25 * others[0] + 0.75 * others[3]
    place[20:] += 0.3
    found = blend(np.vstack([place, others]), 0, 20)
    assert found.effect == pytest.approx(0.3, abs=1e-4)
    assert found.weights.sum() == pytest.approx(1, abs=1e-4)
    assert found.p == pytest.approx(0.1)
    with pytest.raises(UnusablePanel):
        blend(others[:3], 0, 20)


def test_where_the_plan_cannot_be_followed_lesser_designs_are_shown_for_what_they_are() -> None:
    rows = drawn(0.1, firms=80)
    few = rows.filter(pl.col("cohort_month") == pl.col("cohort_month").min())
    found = evaluated(frozen(), Data(few, stays().with_columns(pl.col("months").clip(upper_bound=15))))
    jobs, kept = found["jobs"], found["stays"]
    assert jobs["refused"]
    assert jobs["had"]["compared"] < jobs["wanted"]["compared"]
    assert jobs["before_after"]["firms"] == few["affiliation"].n_unique()
    assert jobs["before_after"]["low"] <= jobs["before_after"]["value"] <= jobs["before_after"]["high"]
    assert kept["refused"]
    early = kept["early"]
    assert early is None or 6 <= early["horizon"] <= 15
