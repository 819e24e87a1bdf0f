"""The dated figures of the controls: ceiling of contributions and minimum wage, by month."""

from __future__ import annotations

from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from minassa.engine.figures import Figure, parse_figures

CEILING = "contribution_ceiling_month"
MINIMUM_WAGE = "minimum_wage_month"
UNKNOWN = -1
"""Stands for "no value in that month"."""


@cache
def figures() -> dict[str, Figure]:
    """The figures of ``figures.yaml`` by name."""
    text = resources.files("minassa.declarations.ebds").joinpath("figures.yaml").read_text(encoding="utf-8")
    return {figure.name: figure for figure in parse_figures(text, "figures.yaml", {})}


def amounts(name: str, months: NDArray[np.int32]) -> NDArray[np.int64]:
    """The figure in centimes for each month (index), ``UNKNOWN`` where it has no value."""
    distinct, position = np.unique(months, return_inverse=True)
    values = [figures()[name].at(int(month)) for month in distinct]
    known = np.array([UNKNOWN if value is None else value.value for value in values], dtype=np.int64)
    return known[position.reshape(months.shape)]
