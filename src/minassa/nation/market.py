"""The state of the labour market of one basin: firms, posts, people, spells, and the draws."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from minassa.nation.columns import Columns
from minassa.nation.firms import Firms
from minassa.nation.people import no_people
from minassa.nation.plan import Basin, Plan
from minassa.nation.posts import Cells, make_cells, no_seats
from minassa.nation.spells import no_spells
from minassa.nation.streams import stream


@dataclass
class Market:
    """The labour market of a basin in the month it has reached.

    Firms are ranks in `firms` (those of the basin); `group` is the rank of the head of each firm in the basin, and
    `cheats` tells which firms plant each kind. `offset` moves the number of posts a firm aims at, when a post moves.
    `closed` counts the posts given up, by firm and month; `returns` are those to be taken back (month, person, cell).
    """

    firms: Firms
    group: NDArray[np.int64]
    cheats: dict[str, NDArray[np.bool_]]
    cells: Cells
    months: int
    first_month: int
    serials: int
    changers: int
    rng: np.random.Generator
    closed: NDArray[np.int64]
    offset: NDArray[np.int64]
    seats: Columns = field(default_factory=no_seats)
    spells: Columns = field(default_factory=no_spells)
    people: Columns = field(default_factory=no_people)
    returns: list[tuple[int, int, int]] = field(default_factory=list)


def open_market(plan: Plan, basin: Basin) -> Market:
    """Return the labour market of a basin before its first month, without anybody yet."""
    firms = plan.firms.take(basin.firms)
    rng = stream(plan.seed, "labour", basin.rank)
    return Market(
        firms=firms,
        group=np.searchsorted(firms.rank, firms.group),
        cheats={kind: chosen[basin.firms] for kind, chosen in plan.cheats.items()},
        cells=make_cells(rng, firms),
        months=plan.months,
        first_month=plan.start,
        serials=basin.serials,
        changers=plan.changers,
        rng=rng,
        closed=np.zeros((len(firms), plan.months), np.int64),
        offset=np.zeros(len(firms), np.int64),
    )
