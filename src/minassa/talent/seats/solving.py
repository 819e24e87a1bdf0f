"""A programme solved by HiGHS: exactly with the worth of each row, or in whole numbers within a gap.

The worth of a row is what the objective gains for one unit more on its binding side. Strong duality is checked each
time: the gap between the two objectives is kept beside the answer, as a part of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import vstack

from minassa.talent.seats.linear import Programme, Reals
from minassa.vocabulary.errors import MinassaError

INFEASIBLE = (2, 4)


class NoPlan(MinassaError):
    """Nothing respects all rows together."""

    code = "SEATS-NO-PLAN"


class NotSolved(MinassaError):
    """The solver stopped without an answer: time spent, or a model without end."""

    code = "SEATS-NOT-SOLVED"


@dataclass(frozen=True, slots=True)
class Solution:
    """Values of the variables, the objective, the worth of each row (none for whole numbers), and the relative gap."""

    values: Reals
    objective: float
    worth: Reals
    gap: float


def solved(programme: Programme) -> Solution:
    """The best plan in real numbers, with what each row is worth; NoPlan when there is none."""
    equal = programme.row_lower == programme.row_upper
    above = ~equal & np.isfinite(programme.row_upper)
    below = ~equal & np.isfinite(programme.row_lower)
    found = linprog(
        programme.cost,
        A_ub=vstack([programme.matrix[above], -programme.matrix[below]], format="csc"),
        b_ub=np.concatenate([programme.row_upper[above], -programme.row_lower[below]]),
        A_eq=programme.matrix[equal].tocsc(),
        b_eq=programme.row_upper[equal],
        bounds=np.column_stack([programme.lower, programme.upper]),
        method="highs",
    )
    _answered(found)
    worth = np.zeros(programme.matrix.shape[0])
    worth[equal] = found.eqlin.marginals
    marks = found.ineqlin.marginals
    worth[above] += marks[: int(above.sum())]
    worth[below] -= marks[int(above.sum()) :]
    return Solution(found.x, float(found.fun), worth, _duality_gap(programme, found, worth))


def solved_in_whole(programme: Programme, *, gap: float, seconds: float) -> Solution:
    """The best plan with its whole variables whole, proved within `gap` of the best; NoPlan when there is none."""
    found = milp(
        programme.cost,
        constraints=LinearConstraint(programme.matrix, programme.row_lower, programme.row_upper),
        integrality=programme.whole,
        bounds=Bounds(programme.lower, programme.upper),
        options={"mip_rel_gap": gap, "time_limit": seconds},
    )
    _answered(found)
    return Solution(found.x, float(found.fun), np.zeros(programme.matrix.shape[0]), float(found.mip_gap))


def _answered(found: Any) -> None:  # noqa: ANN401 (scipy names no type for what its solvers return)
    if found.x is not None:
        return
    if found.status in INFEASIBLE:
        raise NoPlan("Aucun plan ne respecte toutes les limites à la fois.")
    raise NotSolved(str(found.message))


def _duality_gap(programme: Programme, found: Any, worth: Reals) -> float:  # noqa: ANN401 (as above)
    """How far the two objectives are apart, as a part of the first."""
    sides = np.where(worth < 0, programme.row_upper, programme.row_lower)
    equal = programme.row_lower == programme.row_upper
    sides = np.where(equal, programme.row_upper, sides)
    dual = float(np.sum(worth[worth != 0] * sides[worth != 0]))
    for bounds, marks in ((programme.lower, found.lower.marginals), (programme.upper, found.upper.marginals)):
        held = (marks != 0) & np.isfinite(bounds)
        dual += float(np.sum(marks[held] * bounds[held]))
    return abs(float(found.fun) - dual) / max(1.0, abs(float(found.fun)))
