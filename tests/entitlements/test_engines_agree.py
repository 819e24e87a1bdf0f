"""The same country on Polars, DuckDB and Spark: every amount and every entitlement the same, to the centime."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from minassa.cli.other_engines import engine
from minassa.entitlements.replays import replay
from minassa.offer.loading import load_offer
from tests.entitlements.conftest import Country


@pytest.mark.parametrize("name", ["polars", "duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def test_a_run_replays_identically_on_each_engine(country: Country, name: str) -> None:
    if name == "spark" and find_spec("pysail") is None:
        pytest.skip("SPARK IS NOT INSTALLED: requirements/spark.txt; the engine was not compared")
    with engine(name) as chosen:
        outcome = replay(country.run, load_offer(), country.lake, chosen)
    assert outcome.identical, outcome.differences
    assert outcome.compared == country.run.manifest["rows"]["amounts"] > 0
