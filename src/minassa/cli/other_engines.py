"""The other engines a run can be replayed on: DuckDB, and Spark by way of Sail."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import duckdb
import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.entitlements.engines import POLARS, Engine
from minassa.vocabulary.errors import MinassaError

NAMES = ("polars", "duckdb", "spark")
ROWS_OF_A_PIECE = 20_000
"""Spark takes rows through a message of bounded size: they are handed over in pieces."""


class EngineMissing(MinassaError):
    """The packages of the engine are not installed."""

    code = "ENGINE-MISSING"


class Stream:
    """Rows that speak nothing but Arrow's own stream: DuckDB would ask PyArrow, which the core does without."""

    def __init__(self, rows: pl.DataFrame) -> None:
        self._rows = rows

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The stream, as any reader of Arrow takes it."""
        return self._rows.__arrow_c_stream__(requested_schema)


class DuckDbEngine:
    """DuckDB, in this process."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def lend(self, rows: pl.DataFrame) -> duckdb.DuckDBPyRelation:
        """The rows as a relation."""
        return self._connection.from_arrow(Stream(rows))

    def take(self, result: duckdb.DuckDBPyRelation) -> pl.DataFrame:
        """The rows of a relation."""
        return pl.DataFrame({name: _column(values) for name, values in result.fetchnumpy().items()})


def _column(values: NDArray[Any]) -> pl.Series:
    """A column of DuckDB; Polars would read what a masked array hides."""
    return pl.Series(values.tolist()) if isinstance(values, np.ma.MaskedArray) else pl.Series(values)


class SparkEngine:
    """Spark, through a session of Spark Connect."""

    def __init__(self, session: Any) -> None:  # noqa: ANN401 (the package is optional)
        self._session = session

    def lend(self, rows: pl.DataFrame) -> Any:  # noqa: ANN401
        """The rows as a Spark data frame."""
        pieces = [rows[start : start + ROWS_OF_A_PIECE] for start in range(0, rows.height, ROWS_OF_A_PIECE)] or [rows]
        frames = [self._session.createDataFrame(piece.to_arrow()) for piece in pieces]
        while len(frames) > 1:
            pairs = [frames[n : n + 2] for n in range(0, len(frames), 2)]
            frames = [pair[0].union(pair[1]) if len(pair) > 1 else pair[0] for pair in pairs]
        return frames[0]

    def take(self, result: Any) -> pl.DataFrame:  # noqa: ANN401
        """The rows of a Spark data frame."""
        return pl.DataFrame(result.toArrow())


@contextmanager
def engine(name: str) -> Iterator[Engine]:
    """An engine by name, for as long as it is needed. EngineMissing when Spark's packages are not installed."""
    if name == "duckdb":
        with duckdb.connect() as connection:
            yield DuckDbEngine(connection)
    elif name == "spark":
        with _spark() as session:
            yield SparkEngine(session)
    else:
        yield POLARS


@contextmanager
def _spark() -> Iterator[Any]:
    os.environ.setdefault("RUST_LOG", "error")  # Sail tells its comings and goings to the terminal
    try:
        server = import_module("pysail.spark").SparkConnectServer()
        sessions = import_module("pyspark.sql").SparkSession
    except ImportError as error:
        message = "Spark n'est pas installé ; installez requirements/spark.txt, ou choisissez --engine duckdb."
        raise EngineMissing(message) from error
    server.start(background=True)
    _, port = server.listening_address
    session = sessions.builder.remote(f"sc://localhost:{port}").getOrCreate()
    try:
        yield session
    finally:
        session.stop()
        server.stop()
