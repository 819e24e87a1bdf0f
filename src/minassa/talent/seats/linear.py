"""A linear model written block by block: variables in arrays, rows by family, so that each row can be named again.

Nothing here knows of seats: the manpower problem of Williams is written with the same two calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import prod

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]
Term = tuple[Whole, Whole, ArrayLike]


def numbered(shape: tuple[int, ...], start: int = 0) -> Whole:
    """Consecutive numbers from `start` on, in an array of this shape."""
    return np.arange(start, start + prod(shape), dtype=np.int64).reshape(shape)


@dataclass(frozen=True, slots=True)
class Rows:
    """A family of rows: its name, the first of them in the model, the shape they are kept in."""

    family: str
    first: int
    shape: tuple[int, ...]

    @property
    def ids(self) -> Whole:
        """The numbers of its rows in the model, in their shape."""
        return numbered(self.shape, self.first)


@dataclass(slots=True)
class Model:
    """What is minimised, between bounds, under rows `lower <= A x <= upper`."""

    costs: list[Reals] = field(default_factory=list)
    lowers: list[Reals] = field(default_factory=list)
    uppers: list[Reals] = field(default_factory=list)
    wholes: list[Reals] = field(default_factory=list)
    columns: int = 0
    families: list[Rows] = field(default_factory=list)
    row_lowers: list[Reals] = field(default_factory=list)
    row_uppers: list[Reals] = field(default_factory=list)
    triples: list[tuple[Whole, Whole, Reals]] = field(default_factory=list)
    rows: int = 0

    def variables(
        self,
        shape: tuple[int, ...],
        *,
        lower: ArrayLike = 0.0,
        upper: ArrayLike = np.inf,
        cost: ArrayLike = 0.0,
        whole: bool = False,
    ) -> Whole:
        """Add variables, each with its bounds and unit cost; return their numbers in this shape."""
        ids = numbered(shape, self.columns)
        for kept, given in (
            (self.lowers, lower),
            (self.uppers, upper),
            (self.costs, cost),
            (self.wholes, float(whole)),
        ):
            kept.append(_spread(given, shape))
        self.columns += ids.size
        return ids

    def limit(
        self,
        family: str,
        shape: tuple[int, ...],
        terms: Sequence[Term],
        *,
        lower: ArrayLike = -np.inf,
        upper: ArrayLike = np.inf,
    ) -> Rows:
        """Add a family of rows. A term is (rows of the family, variables, coefficients), broadcast together."""
        made = Rows(family, self.rows, shape)
        for rows, columns, coefficients in terms:
            where, which, much = np.broadcast_arrays(rows, columns, np.asarray(coefficients, dtype=np.float64))
            self.triples.append((where.ravel() + self.rows, which.ravel(), much.ravel()))
        self.row_lowers.append(_spread(lower, shape))
        self.row_uppers.append(_spread(upper, shape))
        self.families.append(made)
        self.rows += prod(shape)
        return made

    def programme(self) -> Programme:
        """The whole model as arrays, ready for a solver."""
        where = np.concatenate([triple[0] for triple in self.triples])
        which = np.concatenate([triple[1] for triple in self.triples])
        much = np.concatenate([triple[2] for triple in self.triples])
        return Programme(
            cost=np.concatenate(self.costs),
            lower=np.concatenate(self.lowers),
            upper=np.concatenate(self.uppers),
            whole=np.concatenate(self.wholes),
            matrix=csr_array((much, (where, which)), shape=(self.rows, self.columns)),
            row_lower=np.concatenate(self.row_lowers),
            row_upper=np.concatenate(self.row_uppers),
        )

    def named(self, row: int) -> tuple[str, tuple[int, ...]]:
        """The family of a row, and where it stands in it."""
        for one in self.families:
            if one.first <= row < one.first + prod(one.shape):
                return one.family, tuple(int(rank) for rank in np.unravel_index(row - one.first, one.shape))
        raise IndexError(row)


@dataclass(frozen=True, slots=True)
class Programme:
    """Minimise `cost x` for `lower <= x <= upper` and `row_lower <= matrix x <= row_upper`; `whole`: 1 for integers."""

    cost: Reals
    lower: Reals
    upper: Reals
    whole: Reals
    matrix: csr_array
    row_lower: Reals
    row_upper: Reals


def _spread(value: ArrayLike, shape: tuple[int, ...]) -> Reals:
    return np.broadcast_to(np.asarray(value, dtype=np.float64), shape).ravel()
