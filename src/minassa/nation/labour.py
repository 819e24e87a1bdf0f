"""The labour process of a basin, month by month: people leave posts, posts are filled again, new posts open.

In each month: related firms exchange staff; some leave; some come back; vacated posts whose time has come are filled;
then growth hires. A growth hire in a job and establishment with an open vacancy fills the oldest vacancy first, so it
is a replacement: a post is new only when no post of its kind was waiting.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from minassa.nation.calibration import by_filiere, calibration
from minassa.nation.filling import fill
from minassa.nation.firms import MONTHS_A_YEAR, MOST_STAFF, NEVER
from minassa.nation.market import Market, open_market
from minassa.nation.moves import come_back, exchange, let_go_to_return
from minassa.nation.plan import Basin, Plan
from minassa.nation.posts import match_vacancies, vacancies
from minassa.nation.separations import LATEST_EARLY_DAY, separate, vacate
from minassa.nation.spells import LAST_DAY, Entry
from minassa.nation.streams import BASIS, chance
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import month_number

_SEASON_UNIT = 1_000
_NEW_STAFF = 6
_SETTLED_STAFF = 24


def live(plan: Plan, basin: Basin) -> Market:
    """Return the labour market of a basin at its end: every spell, every seat, every person."""
    market = open_market(plan, basin)
    _settle(market)
    aims = _aims(market) if plan.uplift is None else _aims(market) * plan.uplift[basin.firms]
    hazards = _hazards(market)
    for month in range(market.months):
        exchange(market, month)
        _leave(market, month, hazards, aims[:, month])
        come_back(market, month)
        _refill(market, month)
        _grow(market, month, aims[:, month])
    return market


def _settle(market: Market) -> None:
    """Put in post the staff of the firms that exist at the start, hired in the years before."""
    firms, rng = market.firms, market.rng
    firm = np.repeat(np.arange(len(firms)), np.where(firms.opens == 0, firms.size, 0))
    cell = market.cells.draw(rng, firm, 0)
    yearly = _yearly_exits(market)[firm]
    tenure = 1 + (rng.exponential(1.0, len(firm)) * MONTHS_A_YEAR / yearly).astype(np.int64)
    start = -np.minimum(tenure, np.maximum(1, -firms.started[firm]))
    seats = market.seats.append(len(firm), firm=firm, cell=cell, occupant=-1, last=-1, open=True)
    fill(market, 0, seats, Entry.INITIAL, start=start)


def _yearly_exits(market: Market) -> NDArray[np.float64]:
    rates = np.zeros(len(Filiere))
    for filiere, rate in by_filiere(calibration().exits).items():
        rates[filiere] = rate / BASIS
    return rates[market.firms.filiere]


def _hazards(market: Market) -> NDArray[np.float64]:
    """Return the chance of leaving in a month, by firm."""
    return 1 - (1 - _yearly_exits(market)) ** (1 / MONTHS_A_YEAR)


def _aims(market: Market) -> NDArray[np.float64]:
    """Return the posts each firm aims at in each month: its size, grown by the season, 0 when not open."""
    firms, months = market.firms, np.arange(market.months)
    season = np.array(calibration().hiring_season.value) / _SEASON_UNIT
    weight = season[[month_number(market.first_month + int(month)) - 1 for month in months]]
    age = np.where(months[None, :] >= firms.opens[:, None], weight[None, :], 0.0)
    grown = firms.size[:, None] * (1 + firms.growth[:, None] / BASIS / MONTHS_A_YEAR) ** np.cumsum(age, axis=1)
    open_now = (months[None, :] >= firms.opens[:, None]) & (months[None, :] <= firms.closes[:, None])
    threshold = market.rng.random(len(firms))
    return np.where(open_now, np.minimum(grown + threshold[:, None], MOST_STAFF), 0.0)


def _leave(market: Market, month: int, hazards: NDArray[np.float64], aims: NDArray[np.float64]) -> None:
    """End the spells of those who leave in the month: by choice, at the end of a contract, with their firm."""
    spells, seats, rng = market.spells, market.seats, market.rng
    seat = np.flatnonzero(seats["occupant"] >= 0)
    spell = seats["occupant"][seat]
    firm, tenure = seats["firm"][seat], month - spells["start"][spell]
    eager = np.where(tenure < _NEW_STAFF, 1.4, np.where(tenure < _SETTLED_STAFF, 1.0, 0.8))
    closing = market.firms.closes[firm] == month
    leaves = (rng.random(len(seat)) < hazards[firm] * eager) & (tenure > 0)
    leaves |= (spells["term"][spell] <= month) | closing
    churn = market.cheats["replacement"][firm] & (tenure >= MONTHS_A_YEAR) & ~leaves
    churn &= chance(rng, len(seat), calibration().planted_replacement_rate.value)
    vacate(market, month, seat[leaves & ~closing], aims)
    vacate(market, month, seat[churn], aims, planted=True)
    separate(market, seat[closing], month, np.full(int(closing.sum()), LAST_DAY), keep=False)
    let_go_to_return(market, month)


def _refill(market: Market, month: int) -> None:
    seats = market.seats
    due = np.flatnonzero(seats["open"] & (seats["occupant"] < 0) & (seats["due"] <= month))
    fill(market, month, due, Entry.VACATED_POST)


def _grow(market: Market, month: int, aims: NDArray[np.float64]) -> None:
    """Hire for growth: in a cell with an open vacancy the oldest vacancy first, else in a new post."""
    seats, firms, rng = market.seats, market.firms, market.rng
    posts = np.bincount(seats["firm"][seats["open"]], minlength=len(firms))
    alive = (firms.opens <= month) & (firms.closes > month)
    wanted = np.where(alive, np.maximum(0, np.floor(aims).astype(np.int64) + market.offset - posts), 0)
    firm = np.repeat(np.arange(len(firms)), wanted)
    if not len(firm):
        return
    cell = market.cells.draw(rng, firm, month)
    vacant = vacancies(seats, month)
    found = match_vacancies(cell, vacant, seats["cell"][vacant], seats["vacated"][vacant])
    _leave_in_time(market, month, found[found >= 0])
    fill(market, month, found[found >= 0], Entry.VACATED_POST)
    new = found < 0
    seats_new = market.seats.append(
        int(new.sum()), firm=firm[new], cell=cell[new], occupant=-1, last=-1, due=NEVER, open=True
    )
    fill(market, month, seats_new, Entry.NEW_POST)


def _leave_in_time(market: Market, month: int, seats: NDArray[np.int64]) -> None:
    """Bring forward the last day of those who leave in the month and whose seat is filled in the same month."""
    spells = market.seats["last"][seats[market.seats["vacated"][seats] == month]]
    market.spells["end_day"][spells] = np.minimum(market.spells["end_day"][spells], LATEST_EARLY_DAY)
