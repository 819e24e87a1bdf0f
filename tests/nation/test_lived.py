"""A country that only lived is the one that would have been written."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import polars as pl

from minassa.nation import lived, make_nation
from minassa.nation.known_effect import Planted
from minassa.vocabulary.periods import format_month, parse_month


def test_it_has_the_flows_of_the_country_that_is_written(tmp_path: Path) -> None:
    start = parse_month("2025-01")
    make_nation(tmp_path, people=600, months=8, seed=3, start_month=start, irregularities=False)
    written = pl.read_csv(tmp_path / "verite" / "flows.csv", separator=";").sort("affiliation", "month")
    found = (
        lived(people=600, months=8, seed=3, start_month=start)
        .with_columns(pl.col("month").map_elements(format_month, return_dtype=pl.String))
        .filter(pl.sum_horizontal("headcount_month", "hires_month", "leavers_month") > 0)
        .sort("affiliation", "month")
    )
    told = {
        "headcount": "headcount_month",
        "hires": "hires_month",
        "exits": "leavers_month",
        "transfers": "transfers_in_month",
    }
    for name, column in told.items():
        assert found[column].to_list() == written[name].to_list()


def test_a_scheme_without_effect_changes_nobody_and_one_with_an_effect_the_firms_that_enter() -> None:
    country = partial(lived, people=4_000, months=42, seed=6, start_month=parse_month("2025-01"))
    plain, nothing, effect = country(), country(planted=Planted(0.0)), country(planted=Planted(0.5))
    assert nothing.drop("cohort_month").equals(plain)
    assert effect["cohort_month"].equals(nothing["cohort_month"])
    last = pl.col("month") == pl.col("month").max()
    sums = [
        rows.filter(last)
        .group_by(pl.col("cohort_month").is_null().alias("outside"))
        .agg(pl.col("headcount_month").sum())
        for rows in (effect, nothing)
    ]
    (more, less) = (dict(one.iter_rows()) for one in sums)
    assert 1.3 < more[False] / less[False] < 1.8
    assert 0.85 < more[True] / less[True] < 1.15
