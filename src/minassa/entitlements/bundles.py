"""Employee-months worked through firm by firm, in bundles of bounded size, and added up by spell and period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from minassa.entitlements.firm_months import headcounts
from minassa.entitlements.months import employee_months
from minassa.entitlements.periods import periods_of_months
from minassa.entitlements.spells import spells, with_spells

ROWS_IN_A_BUNDLE = 2_000_000
"""Sorting is what costs: bundles that stay near the caches keep the whole linear in the number of lines."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What employee-months come to: spells, periods, and headcounts by firm and month."""

    spells: pl.DataFrame
    periods: pl.DataFrame
    heads: pl.DataFrame


def digested(cnss: pl.LazyFrame, known: pl.DataFrame, cuts: Sequence[int], size: int = ROWS_IN_A_BUNDLE) -> Digest:
    """Spells, periods and headcounts of every firm declared at CNSS, in order of firm, person and month.

    `known` are the aliases of people first declared under their identity card; `size` bounds the lines of a bundle.
    """
    parts = [_digest(employee_months(lines, known), cuts) for lines in bundles(cnss, size)]
    return Digest(
        pl.concat([part.spells for part in parts]),
        pl.concat([part.periods for part in parts]),
        pl.concat([part.heads for part in parts]),
    )


def _digest(months: pl.DataFrame, cuts: Sequence[int]) -> Digest:
    rows = with_spells(months)
    return Digest(spells(rows), periods_of_months(rows, cuts), headcounts(rows))


def bundles(cnss: pl.LazyFrame, size: int = ROWS_IN_A_BUNDLE) -> Iterator[pl.LazyFrame]:
    """The lines of the firms, a range of affiliation numbers at a time: at most `size` lines unless a firm has more."""
    counted = cnss.group_by("affiliation").agg(pl.len().alias("lines")).sort("affiliation").collect(engine="streaming")
    first, held = None, 0
    last = None
    for affiliation, lines in counted.iter_rows():
        if first is not None and held + lines > size:
            yield _between(cnss, first, last)
            first, held = None, 0
        first = affiliation if first is None else first
        last, held = affiliation, held + lines
    yield _between(cnss, first, last) if first is not None else cnss


def _between(cnss: pl.LazyFrame, first: int | None, last: int | None) -> pl.LazyFrame:
    return cnss.filter(pl.col("affiliation").is_between(first, last))
