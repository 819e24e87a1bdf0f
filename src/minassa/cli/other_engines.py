"""The other engines a run can be replayed on: DuckDB, and Spark by way of Sail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import duckdb
import polars as pl

from minassa.entitlements.engines import POLARS, Engine
from minassa.vocabulary.errors import MinassaError

NAMES = ("polars", "duckdb", "spark")
ROWS_OF_A_PIECE = 20_000
"""Spark takes rows through a message of bounded size: they are handed over in pieces."""


class EngineMissing(MinassaError):
    """The packages of the engine are not installed."""

    code = "ENGINE-MISSING"


class DuckDbEngine:
    """DuckDB, in this process."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def lend(self, rows: pl.DataFrame) -> duckdb.DuckDBPyRelation:
        """The rows as a relation."""
        return self._connection.from_arrow(rows.to_arrow())

    def take(self, result: duckdb.DuckDBPyRelation) -> pl.DataFrame:
        """The rows of a relation."""
        return _frame(result.to_arrow_table())


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
        return _frame(result.toArrow())


def _frame(table: Any) -> pl.DataFrame:  # noqa: ANN401 (an Arrow table)
    found = pl.from_arrow(table)
    return found if isinstance(found, pl.DataFrame) else found.to_frame()


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
