"""The dated figures of the controls: ceiling of contributions and minimum wage, by month."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from minassa.declarations.late import parse_figures

if TYPE_CHECKING:
    from minassa.engine.figures import DatedValue, Figure

CEILING = "contribution_ceiling_month"
MINIMUM_WAGE = "minimum_wage_month"
UNKNOWN = -1
"""Stands for "no value in that month"."""


class Dated(NamedTuple):
    """An amount in centimes and the months (indices, both included) at which it holds, the last one None if open."""

    starts: int
    ends: int | None
    centimes: int

    def holds(self, month: int) -> bool:
        """Whether it is the amount of that month."""
        return self.starts <= month and (self.ends is None or month <= self.ends)


History = Mapping[str, tuple[Dated, ...]]
"""The amounts of each figure by its name."""


_GIVEN: dict[str, tuple[Dated, ...]] = {}
"""The amounts once they were read, here or by the process that started this one."""


@cache
def figures() -> dict[str, Figure]:
    """The figures of ``figures.yaml`` by name."""
    text = resources.files("minassa.declarations.ebds").joinpath("figures.yaml").read_text(encoding="utf-8")
    return {figure.name: figure for figure in parse_figures(text, "figures.yaml")}


def dated_amounts() -> History:
    """The amounts of every figure, read once."""
    if not _GIVEN:
        _GIVEN.update({name: tuple(map(_dated, figure.values)) for name, figure in figures().items()})
    return _GIVEN


def take_amounts(read: History) -> None:
    """Take the amounts that another process has read: it costs more to start the reader than to check many files."""
    _GIVEN.update(read)


def amounts(name: str, months: NDArray[np.int32]) -> NDArray[np.int64]:
    """The figure in centimes for each month (index), ``UNKNOWN`` where it has no value."""
    distinct, position = np.unique(months, return_inverse=True)
    known = np.array([_amount(name, month) for month in distinct.tolist()], dtype=np.int64)
    return known[position.reshape(months.shape)]


def _dated(value: DatedValue) -> Dated:
    return Dated(value.starts, value.ends, cast("int", value.value))


def _amount(name: str, month: int) -> int:
    return next((dated.centimes for dated in dated_amounts()[name] if dated.holds(month)), UNKNOWN)
