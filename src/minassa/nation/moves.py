"""Moves that create no job: staff exchanged between related firms, staff let go and taken back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from minassa.nation.calibration import calibration
from minassa.nation.filling import engage
from minassa.nation.firms import MONTHS_A_YEAR
from minassa.nation.hiring import LONGEST_GAP, SHORTEST_GAP
from minassa.nation.market import Market
from minassa.nation.posts import match_vacancies, vacancies
from minassa.nation.separations import separate
from minassa.nation.spells import LAST_DAY, Contract, Entry, Origin
from minassa.nation.streams import BASIS, chance

_SETTLED = 6


def exchange(market: Market, month: int) -> None:
    """Move some staff, and their posts, between the firms of a group, overnight between two months."""
    if month == 0:
        return
    figures, firms = calibration(), market.firms
    members = np.bincount(market.group, minlength=len(firms))[market.group]
    rate = np.where(market.cheats["transfer"], figures.planted_transfer_rate.value, figures.natural_transfer_rate.value)
    alive = (firms.opens < month) & (firms.closes > month) & (members > 1)
    heads = np.bincount(market.seats["firm"][market.seats["occupant"] >= 0], minlength=len(firms))
    wanted = market.rng.poisson(np.where(alive, heads * rate / BASIS, 0.0))
    for firm in np.flatnonzero(wanted):
        _bring(market, month, int(firm), int(wanted[firm]))


def _bring(market: Market, month: int, firm: int, wanted: int) -> None:
    seats, spells = market.seats, market.spells
    related = np.flatnonzero((market.group == market.group[firm]) & (market.firms.closes > month))
    held = np.flatnonzero((seats["occupant"] >= 0) & np.isin(seats["firm"], related[related != firm]))
    held = held[_settled(market, held, month)]
    if not len(held):
        return
    chosen = market.rng.permutation(held)[:wanted]
    person = spells["person"][seats["occupant"][chosen]].astype(np.int64)
    np.subtract.at(market.offset, seats["firm"][chosen], 1)
    separate(market, chosen, month - 1, np.full(len(chosen), LAST_DAY), keep=False)
    cell = market.cells.draw(market.rng, np.full(len(chosen), firm), month)
    _engage_anew(market, month, cell, person, Origin.RELATED_FIRM, planted=bool(market.cheats["transfer"][firm]))


def _settled(market: Market, held: NDArray[np.int64], month: int) -> NDArray[np.bool_]:
    """Tell which occupants have been there for some months, without limit of time, and have no other job."""
    spell = market.seats["occupant"][held]
    alone = market.people["posts"][market.spells["person"][spell]] == 1
    lasting = market.spells["contract"][spell] == Contract.CDI
    return np.asarray(alone & lasting & (month - market.spells["start"][spell] >= _SETTLED))


def _engage_anew(
    market: Market, month: int, cell: NDArray[np.int64], person: NDArray[np.int64], origin: Origin, *, planted: bool
) -> None:
    """Put people in posts of some cells: the oldest vacancy of the cell first, else a post added to the firm."""
    seats = market.seats
    np.add.at(market.offset, market.cells.firm[cell], 1)
    vacant = vacancies(seats, month)
    vacant = vacant[seats["vacated"][vacant] < month]
    found = match_vacancies(cell, vacant, seats["cell"][vacant], seats["vacated"][vacant])
    new = found < 0
    added = market.seats.append(
        int(new.sum()), firm=market.cells.firm[cell[new]], cell=cell[new], occupant=-1, last=-1, vacated=-1, open=True
    )
    for chosen, rows, entry in ((~new, found[~new], Entry.VACATED_POST), (new, added, Entry.NEW_POST)):
        origins = np.full(len(rows), origin)
        engage(market, month, rows, person[chosen], origins, entry, planted=planted)


def let_go_to_return(market: Market, month: int) -> None:
    """In the firms that plant it, let some staff go who will be taken back after 1 to 12 months out."""
    seats = market.seats
    held = np.flatnonzero((seats["occupant"] >= 0) & market.cheats["rehire"][seats["firm"]])
    held = held[_settled(market, held, month)]
    held = held[month - market.spells["start"][seats["occupant"][held]] >= MONTHS_A_YEAR]
    chosen = held[chance(market.rng, len(held), calibration().planted_rehire_rate.value)]
    if not len(chosen):
        return
    spell = seats["occupant"][chosen]
    person, cell = market.spells["person"][spell], seats["cell"][chosen]
    np.subtract.at(market.offset, seats["firm"][chosen], 1)
    separate(market, chosen, month, np.full(len(chosen), LAST_DAY), keep=False)
    market.people["reserved"][person] = True
    gap = market.rng.integers(SHORTEST_GAP, LONGEST_GAP + 1, len(chosen))
    market.returns.extend(zip((month + 1 + gap).tolist(), person.tolist(), cell.tolist(), strict=True))


def come_back(market: Market, month: int) -> None:
    """Take back those whose month has come, in a post of the same kind; nobody comes back to a closed firm."""
    due = [(person, cell) for when, person, cell in market.returns if when == month]
    if not due:
        return
    person, cell = (np.array(column, np.int64) for column in zip(*due, strict=True))
    alive = market.firms.closes[market.cells.firm[cell]] > month
    market.people["reserved"][person[~alive]] = False
    _engage_anew(market, month, cell[alive], person[alive], Origin.SAME_FIRM, planted=True)
