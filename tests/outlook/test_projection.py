"""Projections: what must always hold, what a reader can redo by hand, and that nothing of the future leaks in."""

from __future__ import annotations

from importlib import resources

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from minassa.outlook.projection.backtest import back_test, scores
from minassa.outlook.projection.cells import ALL, Cells, cells_of
from minassa.outlook.projection.growth import HistoryTooShort, drifting, projected, unchanged
from minassa.outlook.projection.method import InvalidMethod, method, read_method
from minassa.outlook.projection.projecting import projection
from minassa.outlook.projection.spread import past_errors, spreads
from tests.outlook.lives import MONTHS, START, cells, country

METHOD = method()
HISTORIES = arrays.arrays(
    np.float64,
    st.tuples(st.integers(1, 6), st.integers(25, 40)),
    elements=st.integers(0, 5_000).map(float),
)


def test_cells_hold_every_person_of_the_firm_months() -> None:
    whole = country().group_by("month").agg(pl.col("headcount_month").sum()).sort("month")
    assert cells().headcount.sum(axis=0).tolist() == [float(one) for one in whole["headcount_month"]]
    assert (cells().first_month, cells().last_month) == (START, START + MONTHS - 1)


def test_months_without_anybody_are_a_zero_not_a_gap() -> None:
    rows = pl.LazyFrame(
        [(1, START, 101, 1, 5), (2, START, 103, 2, 7), (1, START + 1, 101, 1, 6)],
        schema={
            "affiliation": pl.Int32,
            "month": pl.Int32,
            "place": pl.Int16,
            "filiere": pl.Int8,
            "headcount_month": pl.Int64,
        },
        orient="row",
    )
    found = cells_of(rows)
    assert list(zip(found.filiere.tolist(), found.region.tolist(), strict=True)) == [(1, 6), (2, 3)]
    assert found.headcount.tolist() == [[5.0, 6.0], [7.0, 0.0]]


@given(HISTORIES)
def test_points_add_up_and_are_never_below_zero(headcount: np.ndarray) -> None:
    rank = np.arange(len(headcount))
    made = Cells(rank % 3, rank // 3, START, headcount)
    found = projection(made, made.last_month + 30, METHOD)
    of_cells = found.filter(pl.col("level") == "cell").group_by("month").agg(pl.col("headcount").sum()).sort("month")
    nation = found.filter(pl.col("level") == "nation").sort("month")
    np.testing.assert_allclose(of_cells["headcount"], nation["headcount"], rtol=1e-12, atol=1e-6)
    for level, key in (("filiere", "filiere"), ("region", "region")):
        parts = (
            found.filter(pl.col("level") == level, pl.col(key) != ALL).group_by("month").agg(pl.col("headcount").sum())
        )
        np.testing.assert_allclose(parts.sort("month")["headcount"], nation["headcount"], rtol=1e-12, atol=1e-6)
    assert float(found["headcount"].min()) >= 0  # type: ignore[arg-type]
    bounds = found.select("low_95", "low_80", "headcount", "high_80", "high_95").drop_nulls()
    assert bounds.select(
        ((pl.col("low_95") <= pl.col("low_80")) & (pl.col("low_80") <= pl.col("headcount"))).all()
        & ((pl.col("headcount") <= pl.col("high_80")) & (pl.col("high_80") <= pl.col("high_95"))).all()
        & (pl.col("low_95") >= 0).all()
    ).item()


@given(HISTORIES)
def test_an_even_growth_goes_on_as_it_was(headcount: np.ndarray) -> None:
    flat = np.repeat(headcount[:, :1], 30, axis=1)
    np.testing.assert_allclose(projected(flat, 24, METHOD), np.repeat(flat[:, :1], 24, axis=1))


def test_a_country_growing_one_per_cent_a_month_goes_on_so() -> None:
    grown = (100_000 * 1.01 ** np.arange(30.0))[None, :].astype(np.float64)
    said = projected(grown, 12, METHOD)[0]
    np.testing.assert_allclose(said, 100_000 * 1.01 ** np.arange(30, 42), rtol=1e-4)


def test_the_season_of_the_country_comes_back() -> None:
    season = np.tile([0, 1, 2, 3, 4, 5, 6, 7, 40, 30, 20, 10], 4)[:37]
    said = projected(1_000.0 + season[None, :], 12, METHOD)[0]
    assert said.argmax() == 7  # the ninth month of the year, the eighth after the first one
    assert said[11] == pytest.approx(1_000.0)


def test_naive_projections_are_what_their_names_say() -> None:
    rising = np.arange(100.0, 130.0)[None, :]
    assert unchanged(rising, 3).tolist() == [[129.0, 129.0, 129.0]]
    assert drifting(rising, 3).tolist() == [[130.0, 131.0, 132.0]]
    assert drifting(rising[:, ::-1] - 99, 3).tolist() == [[0.0, 0.0, 0.0]]


def test_a_short_history_is_refused_with_what_is_needed() -> None:
    with pytest.raises(HistoryTooShort, match="25 mois") as refused:
        projected(np.ones((2, 24)), 12, METHOD)
    assert refused.value.code == "OUTLOOK-HISTORY"


def test_without_past_errors_no_interval_is_invented() -> None:
    short = cells().until(START + 25)
    assert spreads(short, METHOD) == {}
    assert projection(short, short.last_month + 12, METHOD)["low_80"].null_count() == 12 * len(short.sums.rows)


def test_nothing_of_the_future_is_known_at_an_origin() -> None:
    origin = START + 40
    known = cells().until(origin)
    changed = cells().headcount.copy()
    changed[:, 41:] *= 3
    whole = Cells(cells().filiere, cells().region, START, changed)
    said = back_test(whole, [origin], METHOD, [12]).select("headcount", "low_80", "high_95")
    alone = projection(known, origin + 12, METHOD).filter(pl.col("month") == origin + 12)
    assert said.equals(alone.select("headcount", "low_80", "high_95"))


def test_what_came_is_what_the_cells_say() -> None:
    tried = back_test(cells(), [START + 37], METHOD, [12])
    nation = tried.filter(pl.col("level") == "nation").row(0, named=True)
    assert nation["came"] == cells().headcount[:, 49].sum()
    assert nation["before"] == cells().headcount[:, 37].sum()
    assert nation["months"] == 12


def test_scores_count_what_they_say() -> None:
    tried = pl.DataFrame(
        {
            "level": ["cell", "cell"],
            "months": [12, 12],
            "before": [10.0, 10.0],
            "came": [12.0, 8.0],
            "headcount": [11.0, 11.0],
            "unchanged": [10.0, 10.0],
            "drifting": [12.0, 8.0],
            "low_80": [11.0, 9.0],
            "high_80": [12.0, 11.0],
            "low_95": [11.0, 8.0],
            "high_95": [12.0, 11.0],
        }
    )
    found = scores(tried).row(0, named=True)
    assert found == {
        "level": "cell",
        "months": 12,
        "rows": 2,
        "direction": 0.5,
        "error": 0.2,
        "error_unchanged": 0.2,
        "error_drifting": 0.0,
        "covered_80": 0.5,
        "covered_95": 1.0,
    }


def test_past_errors_are_those_of_the_same_method() -> None:
    errors, known = past_errors(cells(), METHOD), cells().headcount
    said = projected(known[:, :25], 24, METHOD)
    count = len(cells().filiere)
    np.testing.assert_allclose(errors.said[:count, 0], said[:, 5])
    np.testing.assert_allclose(errors.error[:count, 0], known[:, 30] - said[:, 5])
    assert errors.years[:, 0].tolist() == [0.5] * len(errors.years)


def test_every_choice_has_a_status_and_a_note_and_a_wrong_file_is_refused() -> None:
    text = resources.files("minassa.outlook.projection").joinpath("projection.yaml").read_text("utf-8")
    assert {one["status"] for one in METHOD.model_dump(mode="json").values()} == {"assumed"}
    with pytest.raises(InvalidMethod, match="window_months"):
        read_method(text.replace("value: 12\n", "value: 0\n", 1))
    with pytest.raises(InvalidMethod, match="more"):
        read_method(text + "more: {value: 1, unit: months, status: assumed, note: x}\n")
