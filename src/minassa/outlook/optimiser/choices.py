"""What may be set in each cell (a filière in a region): PAE and PAF rates of a grid, what each costs, what it brings.

A setting moves what employers of the cell are given; jobs answer as `outlook/response.yaml` supposes, and nobody knows
better: a plan is made for each of these responses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide

ROUNDING: Final = "minassa-default#optimiseur"


@dataclass(frozen=True, slots=True)
class Cell:
    """A filière in a region: what each premium is counted on in a year and the payroll, in centimes; its headcount.

    `pae_rate` and `paf_rate` are those of the offer, in basis points.
    """

    filiere: int
    region: int
    pae_base_year: int
    paf_base_year: int
    payroll_year: int
    headcount: int
    pae_rate: int
    paf_rate: int

    @property
    def offered_year(self) -> int:
        """What the offer gives in the cell in a year, in centimes."""
        return _cost(self, self.pae_rate, self.paf_rate)


@dataclass(frozen=True, slots=True)
class Setting:
    """Rates of a cell, in basis points, and their cost in a year, in centimes.

    `jobs_hundredths`: jobs more, or less, than under the offer, in hundredths: small cells are not rounded away.
    """

    pae_rate: int
    paf_rate: int
    cost_year: int
    jobs_hundredths: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What a plan must respect.

    `budget_year`: centimes a year in all. `pae_floor`, `paf_floor`: rates under which no cell goes. `stability`: by how
    much of itself a rate of the offer may move. `region_floor`: the part of what the offer gives a region that it
    keeps. All in basis points but the budget.
    """

    budget_year: int
    pae_floor: int = 0
    paf_floor: int = 0
    stability: int = BASIS_POINTS
    region_floor: int = 0


def settings_of(
    cell: Cell, grid: Iterable[tuple[int, int]], elasticity_hundredths: int, limits: Limits
) -> tuple[Setting, ...]:
    """The settings of a grid (pairs of PAE and PAF rates) that the floors and the stability let a cell take."""
    return tuple(
        Setting(pae, paf, _cost(cell, pae, paf), _jobs(cell, _cost(cell, pae, paf), elasticity_hundredths))
        for pae, paf in sorted(grid)
        if _near(pae, cell.pae_rate, limits)
        and _near(paf, cell.paf_rate, limits)
        and pae >= limits.pae_floor
        and paf >= limits.paf_floor
    )


def _near(rate: int, offered: int, limits: Limits) -> bool:
    return abs(rate - offered) * BASIS_POINTS <= limits.stability * offered


def _cost(cell: Cell, pae: int, paf: int) -> int:
    due = cell.pae_base_year * pae + cell.paf_base_year * paf
    return divide(due, BASIS_POINTS, Direction.HALF_UP, ROUNDING)


def _jobs(cell: Cell, cost_year: int, elasticity_hundredths: int) -> int:
    """Jobs, in hundredths, that go with what is given more or less, as `outlook.response` has it; none without pay."""
    if not cell.payroll_year:
        return 0
    given = cost_year - cell.offered_year
    moved = divide(abs(given) * cell.headcount * elasticity_hundredths, cell.payroll_year, Direction.HALF_UP, ROUNDING)
    return -moved if given < 0 else moved
