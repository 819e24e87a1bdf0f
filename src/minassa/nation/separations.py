"""Ending spells: the day, the fate of the post, and what is remembered of the person."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from minassa.nation.calibration import calibration
from minassa.nation.firms import NEVER
from minassa.nation.market import Market
from minassa.nation.people import NOBODY
from minassa.nation.spells import LAST_DAY
from minassa.nation.streams import share_out

_USUALLY_CLOSED = 0.02
LATEST_EARLY_DAY = 15
"""Last day of a leaver whose post is filled in the same month."""


def separate(market: Market, seats: NDArray[np.int64], month: int, day: NDArray[np.int64], *, keep: bool) -> None:
    """End the spells of the occupants of some seats in a month; `keep`: the posts stay open, else they are given up."""
    spells, people = market.spells, market.people
    spell = market.seats["occupant"][seats]
    person = spells["person"][spell]
    spells["end"][spell], spells["end_day"][spell] = month, day
    np.subtract.at(people["posts"], person, 1)
    people["last_end"][person] = np.maximum(people["last_end"][person], month)
    people["last_firm"][person], people["last_spell"][person] = spells["firm"][spell], spell
    people["spell"][person] = NOBODY
    market.seats["occupant"][seats], market.seats["last"][seats] = -1, spell
    market.seats["vacated"][seats] = month
    if not keep:
        close(market, seats, month)


def close(market: Market, seats: NDArray[np.int64], month: int) -> None:
    """Give up posts in a month."""
    market.seats["open"][seats] = False
    market.seats["due"][seats] = NEVER
    np.add.at(market.closed[:, month], market.seats["firm"][seats], 1)


def vacate(
    market: Market, month: int, seats: NDArray[np.int64], aims: NDArray[np.float64], *, planted: bool = False
) -> None:
    """End the spells in some seats; most posts wait 0 to 4 months for the next, some are given up."""
    rng, count = market.rng, len(seats)
    if not count:
        return
    lag = np.minimum(_lags(rng, count), 1) if planted else _lags(rng, count)
    early = rng.integers(3, LATEST_EARLY_DAY + 1, count)
    other = np.where(rng.random(count) < 0.6, LAST_DAY, rng.integers(4, 28, count))  # noqa: PLR2004
    separate(market, seats, month, np.where(lag == 0, early, other), keep=True)
    market.seats["due"][seats] = month + lag
    market.seats["planted"][seats] = planted
    if not planted:
        given_up = seats[rng.random(count) < _chance_to_close(market, seats, aims)]
        close(market, given_up, month)
        market.seats["given_up"][given_up] = True


def _lags(rng: np.random.Generator, count: int) -> NDArray[np.int64]:
    return share_out(rng, np.array(calibration().refill_lag.value, np.float64), count)


def _chance_to_close(market: Market, seats: NDArray[np.int64], aims: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the chance that each vacated post is given up: small, unless the firm has posts in excess."""
    firm, many = market.seats["firm"], len(market.firms)
    posts = np.bincount(firm[market.seats["open"]], minlength=many)
    excess = np.maximum(0.0, posts - np.floor(aims) - market.offset)
    vacated = np.maximum(1, np.bincount(firm[seats], minlength=many))
    chances: NDArray[np.float64] = np.minimum(1.0, _USUALLY_CLOSED + excess / vacated)[firm[seats]]
    return chances
