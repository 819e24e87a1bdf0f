"""Putting people in seats: the spell that begins."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from minassa.nation.calibration import calibration
from minassa.nation.firms import MONTHS_A_YEAR, NEVER
from minassa.nation.hiring import agreed_pay, choose_people, contracts, insertion_pay, levels_of
from minassa.nation.market import Market
from minassa.nation.people import NOBODY, add_people
from minassa.nation.spells import Contract, Entry, Origin
from minassa.nation.streams import chance

_MIDDLE = 16


def fill(
    market: Market, month: int, seats: NDArray[np.int64], entry: Entry, start: NDArray[np.int64] | None = None
) -> None:
    """Hire somebody for each vacant seat; a seat for which nobody is left waits a month more.

    `start`, for the staff of the start, is the month in which each was hired.
    """
    if not len(seats):
        return
    level = levels_of(market.cells.job[market.seats["cell"][seats]])
    if start is None:
        person, origin = choose_people(market, month, market.seats["firm"][seats], level)
    else:
        hired_year = (market.first_month + start) // MONTHS_A_YEAR
        person = add_people(market.people, market.rng, level, hired_year)
        origin = np.full(len(seats), Origin.OUTSIDE, np.int64)
    nobody = person == NOBODY
    market.seats["due"][seats[nobody]] = month + 1
    begun = np.full(len(seats), month) if start is None else start
    kept = ~nobody
    engage(market, month, seats[kept], person[kept], origin[kept], entry, start=begun[kept])


def engage(
    market: Market,
    month: int,
    seats: NDArray[np.int64],
    person: NDArray[np.int64],
    origin: NDArray[np.int64],
    entry: Entry,
    *,
    start: NDArray[np.int64] | None = None,
    planted: bool = False,
) -> NDArray[np.int64]:
    """Begin a spell for each person in each seat and return the spells."""
    rng, cells, count = market.rng, market.cells, len(seats)
    cell = market.seats["cell"][seats]
    agreed = contracts(market, month, levels_of(cells.job[cell]), person, origin)
    if entry is Entry.INITIAL:
        agreed = _long_settled(start if start is not None else np.zeros(count, np.int64), agreed)
    pay = agreed_pay(market, month, cells.job[cell], person, origin)
    part_time = (origin == Origin.SECOND_JOB) | chance(rng, count, calibration().part_time_share.value)
    spells = market.spells.append(
        count,
        person=person,
        firm=market.seats["firm"][seats],
        seat=seats,
        cell=cell,
        start=month if start is None else start,
        start_day=_first_days(market, month, seats, entry, origin),
        end=NEVER,
        entry=entry,
        origin=origin,
        planted=planted | market.seats["planted"][seats],
        before=market.seats["last"][seats],
        previous=market.people["last_spell"][person],
        part_time=part_time & (agreed["contract"] != Contract.INSERTION),
        pay=insertion_pay(rng, pay, agreed["contract"]),
        **agreed,
    )
    _take(market, seats, person, spells)
    return spells


def _take(market: Market, seats: NDArray[np.int64], person: NDArray[np.int64], spells: NDArray[np.int64]) -> None:
    market.seats["occupant"][seats] = spells
    market.seats["planted"][seats] = False
    market.seats["open"][seats] = True
    market.seats["given_up"][seats] = False
    np.add.at(market.people["posts"], person, 1)
    market.people["spell"][person] = spells
    market.people["reserved"][person] = False


def _long_settled(start: NDArray[np.int64], agreed: dict[str, NDArray[np.int64]]) -> dict[str, NDArray[np.int64]]:
    """Return the contracts of the staff of the start: a limited contract of old has become a CDI by now."""
    limited = agreed["converts"] + start
    ends = agreed["term"] + start
    over = np.minimum(limited, ends) < 0
    return {
        "contract": np.where(over & (agreed["contract"] != Contract.DETACHEMENT), Contract.CDI, agreed["contract"]),
        "converts": np.where(over | (agreed["converts"] == NEVER), NEVER, limited),
        "term": np.where(over | (agreed["term"] == NEVER), NEVER, ends),
    }


def _first_days(
    market: Market, month: int, seats: NDArray[np.int64], entry: Entry, origin: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the first day in post, such that vacated posts are filled before new ones are, day by day.

    The first of the month for a post that was waiting, and for staff who come from the group or come back; the middle
    of it for a post vacated in the month; the last days of it for the new posts of a firm that grows.
    """
    if entry is Entry.INITIAL:
        drawn = market.rng.random(len(seats))
        return np.where(drawn < 0.6, 1, market.rng.integers(2, 27, len(seats)))  # noqa: PLR2004
    if entry is Entry.NEW_POST:
        known = np.isin(origin, [Origin.RELATED_FIRM, Origin.SAME_FIRM])
        return np.where(known, 1, market.rng.integers(_MIDDLE + 1, 28, len(seats)))
    return np.where(market.seats["vacated"][seats] == month, _MIDDLE, 1)
