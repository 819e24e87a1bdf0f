"""A country that only lived is the one that would have been written."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from minassa.nation import lived, make_nation
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
