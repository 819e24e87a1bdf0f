"""The same rows and the same whole numbers on every engine: Polars (both of its own), DuckDB, Spark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings

from minassa.engine import evaluate, refuse_broken_links, refuse_nulls
from minassa.vocabulary.rounding import Direction, divide
from tests.engine.country import SPANS, population, populations
from tests.engine.evaluating import ALL_RULES, KEYS, OFFER, Frames, computed


def on_duckdb(frames: Frames) -> dict[str, pl.DataFrame]:
    with duckdb.connect() as connection:
        relations = {grain: connection.from_arrow(frame.to_arrow()) for grain, frame in frames.items()}
        refuse_nulls(OFFER, relations)
        refuse_broken_links(OFFER, relations)
        results = evaluate(OFFER, relations, SPANS, ALL_RULES)
        return {grain: as_polars(result.to_arrow_table()) for grain, result in results.items()}


def as_polars(table: Any) -> pl.DataFrame:  # noqa: ANN401
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame


def same(found: dict[str, pl.DataFrame], expected: dict[str, pl.DataFrame]) -> None:
    for grain, keys in KEYS.items():
        assert found[grain].sort(keys).to_dicts() == expected[grain].to_dicts()


@pytest.mark.parametrize("seed", [1, 2])
def test_duckdb_gives_what_polars_gives(seed: int) -> None:
    frames = population(seed, millers=400)
    same(on_duckdb(frames), computed(frames, wanted=ALL_RULES))


@given(populations)
@settings(max_examples=10)
def test_both_engines_of_polars_give_the_same(frames: dict[str, pl.DataFrame]) -> None:
    lazy = evaluate(OFFER, {grain: frame.lazy() for grain, frame in frames.items()}, SPANS, ALL_RULES)
    expected = computed(frames, wanted=ALL_RULES)
    for grain, keys in KEYS.items():
        assert lazy[grain].collect(engine="in-memory").sort(keys).equals(expected[grain])


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session of Spark on Sail, without a JVM, for the tests of this file."""
    try:
        from pysail.spark import SparkConnectServer  # noqa: PLC0415 (an optional engine)
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError:
        pytest.skip("SPARK IS NOT INSTALLED (extra « spark »): rules are not compared with it.")
    server = SparkConnectServer()
    server.start(background=True)
    session = SparkSession.builder.remote(f"sc://localhost:{server.listening_address[1]}").getOrCreate()
    yield session
    session.stop()
    server.stop()


@pytest.mark.spark
def test_spark_gives_what_polars_gives(spark: Any) -> None:  # noqa: ANN401
    frames = population(seed=7, millers=400)
    native = {grain: spark.createDataFrame(frame.to_arrow()) for grain, frame in frames.items()}
    refuse_nulls(OFFER, native)
    refuse_broken_links(OFFER, native)
    results = evaluate(OFFER, native, SPANS, ALL_RULES)
    same({grain: as_polars(result.toArrow()) for grain, result in results.items()}, computed(frames, wanted=ALL_RULES))


@pytest.mark.spark
def test_spark_divides_exactly_up_to_2_to_the_53rd_and_not_beyond(spark: Any) -> None:  # noqa: ANN401
    # It divides whole numbers as doubles; the bound stands in the documentation of `evaluate`.
    numerators = [2**53 - 1, 2**53 - 120_001, 10_000 * (2**53 // 10_000) - 1, 10_000 * (2**60 // 10_000) - 1]
    frame = spark.createDataFrame(pl.DataFrame({"n": numerators}).to_arrow())
    divided = nw.from_native(frame).with_columns(q=divide(nw.col("n"), 10_000, Direction.DOWN, "essai#1"))
    rows = as_polars(divided.to_native().toArrow()).sort("n").rows()
    assert [quotient == n // 10_000 for n, quotient in rows] == [True, True, True, False]
