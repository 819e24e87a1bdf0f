"""The monthly series against sums done by hand, and the path against the numbers that were promised."""

from __future__ import annotations

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.outlook.targets import WHOLE, InvalidTargets, Scale, path, read_targets, targets
from minassa.outlook.trajectory import against_path, series
from minassa.vocabulary.periods import parse_month
from minassa.vocabulary.statuses import Status

JUNE, JULY = parse_month("2025-06"), parse_month("2025-07")
COUNTS = ("headcount", "headcount_base", "hires", "transfers", "rehires", "replacements", "leavers", "kept_jobs")


def firm_months(*rows: tuple[int, int, int, int, tuple[int, ...]]) -> pl.LazyFrame:
    """Rows of `firm_month`: firm, month, place, filière, and the counts in the order of COUNTS."""
    names: tuple[str, ...] = (
        "affiliation",
        "month",
        "place",
        "filiere",
        "headcount_month",
        "headcount_base",
        "hires_month",
    )
    names = (*names, "transfers_in_month", "rehires_month", "replacements_month", "leavers_month", "kept_hires_month")
    made = [dict(zip(names, (*row[:4], *row[4]), strict=True)) for row in rows]
    return pl.LazyFrame(made, schema_overrides={"month": pl.Int32, "place": pl.Int16, "filiere": pl.Int8})


TWO_FIRMS = firm_months(
    (1, JUNE, 101, 1, (100, 100, 0, 0, 0, 0, 0, 0)),
    (1, JULY, 101, 1, (108, 100, 10, 2, 1, 3, 2, 1)),
    (2, JUNE, 6, 2, (40, 40, 0, 0, 0, 0, 0, 0)),
    (2, JULY, 6, 2, (35, 40, 1, 0, 0, 1, 6, 0)),
    (3, JULY, 103, 2, (7, 0, 7, 0, 0, 0, 0, 2)),
)


def test_national_series_adds_the_firms_up() -> None:
    july = series(TWO_FIRMS).row(1, named=True)
    assert july == {
        "month": JULY,
        "headcount": 150,
        "headcount_base": 140,
        "hires": 18,
        "transfers": 2,
        "rehires": 1,
        "replacements": 4,
        "leavers": 8,
        "kept_jobs": 3,
        "new_jobs": 11,
        "net_jobs": 10,
    }


def test_regions_are_those_of_the_places() -> None:
    july = series(TWO_FIRMS, by=("region",)).filter(pl.col("month") == JULY)
    assert july.select("region", "net_jobs").rows() == [(3, 7), (6, 3)]


@pytest.mark.parametrize("dimension", ["filiere", "place", "region"])
def test_parts_add_up_to_the_nation(dimension: str) -> None:
    parts = series(TWO_FIRMS, by=(dimension,)).group_by("month").agg(pl.col(*COUNTS, "new_jobs", "net_jobs").sum())
    assert parts.sort("month").equals(series(TWO_FIRMS).select(parts.columns).sort("month"))


def test_an_unknown_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="sexe"):
        series(TWO_FIRMS, by=("sexe",))


def test_a_firm_without_known_place_is_in_no_region() -> None:
    rows = firm_months((1, JULY, 0, 0, (5, 5, 0, 0, 0, 0, 0, 0)))
    assert series(rows, by=("region",))["region"].to_list() == [0]


def test_without_june_2025_net_jobs_are_not_known() -> None:
    rows = firm_months((1, JULY, 6, 1, (5, 0, 5, 0, 0, 0, 0, 0)))
    assert series(rows)["net_jobs"].to_list() == [None]


def test_the_path_holds_what_was_promised_and_nothing_else_as_promised() -> None:
    drawn = path()
    promised = drawn.filter("milestone").select("month", "additional_jobs", "level_jobs", "status").rows()
    assert promised == [
        (parse_month("2023-12"), 0, 140_000, "inferred"),
        (parse_month("2026-12"), 50_000, 190_000, "press"),
        (parse_month("2030-12"), 130_000, 270_000, "press"),
    ]
    assert set(drawn.filter(~pl.col("milestone"))["status"]) == {Status.ASSUMED.value}


def test_between_milestones_the_line_is_straight() -> None:
    halfway = path().filter(pl.col("month") == parse_month("2025-06"))
    assert halfway["additional_jobs"].item() == 25_000
    assert path().filter(pl.col("month") == parse_month("2028-12"))["additional_jobs"].item() == 90_000


@given(jobs=st.integers(1, 4_000_000), country=st.integers(1, 4_000_000))
def test_a_scaled_path_is_whole_months_that_never_fall(jobs: int, country: int) -> None:
    drawn = path(Scale(jobs, country))
    months = drawn["month"].to_list()
    assert all(later == earlier + 1 for earlier, later in pairwise(months))
    levels = drawn["level_jobs"].to_list()
    assert levels == sorted(levels)
    assert abs(levels[-1] * country - 270_000 * jobs) * 2 <= country


def test_a_scale_needs_two_sides() -> None:
    with pytest.raises(ValueError, match="au moins 1"):
        Scale(0, 10)
    assert WHOLE.whole
    assert not Scale(1, 7).whole


def test_the_gap_and_each_baseline_are_kept_apart() -> None:
    scale = Scale(1, 1_000)
    july = against_path(series(TWO_FIRMS), scale).row(1, named=True)
    assert (july["additional_arithmetic"], july["additional_minister"]) == (10, 9)
    assert july["level_jobs"] == 166  # 140,000 + 50,000 * 19 / 36 = 166,389
    assert july["gap_jobs"] == 150 - 166


def test_outside_the_programme_there_is_no_path() -> None:
    rows = firm_months((1, parse_month("2031-01"), 6, 1, (5, 5, 0, 0, 0, 0, 0, 0)))
    later = against_path(series(rows)).row(0, named=True)
    assert (later["level_jobs"], later["gap_jobs"]) == (None, None)


def test_every_promise_names_its_source() -> None:
    promised = targets()
    sources = [one.source for one in promised.baselines] + [one.source for one in promised.milestones]
    assert all(source.url.startswith("https://") for source in sources)
    statuses = {one.status for one in promised.baselines} | {one.status for one in promised.milestones}
    assert statuses == {Status.PRESS, Status.INFERRED}


BASE = """
baselines: [{name: a, month: 2023-12, jobs: 100, status: press, reviewed_on: 2026-01-01,
             source: {text: t, url: u, note: n}}]
milestones: [{month: 2026-12, additional_jobs: 50, level_jobs: 150, status: press, reviewed_on: 2026-01-01,
              source: {text: t, url: u, note: n}}]
between: {status: assumed, note: n}
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("additional_jobs: 50", "additional_jobs: 40", "base"),
        ("month: 2026-12", "month: 2022-12", "se suivent"),
        ("note: n}\n", "note: n, why: x}\n", "between.why"),
        ("month: 2023-12", "month: fin 2023", "baselines.0.month"),
    ],
)
def test_a_file_that_does_not_hang_together_is_refused(old: str, new: str, told: str) -> None:
    assert read_targets(BASE).start.jobs == 100
    with pytest.raises(InvalidTargets, match=told):
        read_targets(BASE.replace(old, new))
