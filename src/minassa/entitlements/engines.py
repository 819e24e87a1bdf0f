"""Where rules are evaluated: rows are lent to an engine as its own lazy frames, and results taken back."""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias

import polars as pl

Native: TypeAlias = Any
"""A lazy frame of an engine: polars.LazyFrame, duckdb relation, Spark data frame."""


class Engine(Protocol):
    """An engine that holds rows and runs the expressions of rules over them."""

    def lend(self, rows: pl.DataFrame) -> Native:
        """The rows as a lazy frame of the engine."""
        ...

    def take(self, result: Native) -> pl.DataFrame:
        """The rows that a lazy frame of the engine comes to, in any order."""
        ...


class PolarsEngine:
    """Polars, the default: streaming, in this process."""

    def lend(self, rows: pl.DataFrame) -> Native:
        """The rows as a lazy frame."""
        return rows.lazy()

    def take(self, result: Native) -> pl.DataFrame:
        """The rows collected, a piece at a time."""
        found: pl.DataFrame = result.collect(engine="streaming")
        return found


POLARS = PolarsEngine()
