"""Filling a post: who is hired, under which contract, at which pay."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from minassa.nation.calibration import calibration, jobs
from minassa.nation.firms import MONTHS_A_YEAR, NEVER
from minassa.nation.market import Market
from minassa.nation.people import NOBODY, add_people
from minassa.nation.spells import Contract, Origin
from minassa.nation.streams import BASIS, chance
from minassa.vocabulary.periods import format_month, year_of

SHORTEST_GAP, LONGEST_GAP = 1, 12
"""Whole months out of the firm before a rehire."""

_RECENT_LEAVERS, _ALL_LEAVERS = 5, NEVER
"""Months since they left: those a firm finds, and those it looks for when no number is left for a newcomer."""
_FORGOTTEN = 26
"""Months after which coming back to a group is neither a transfer nor a return any more."""
_DIRHAMS_STEP = 1_000
"""Pay is agreed in tens of dirhams."""
_INSERTION_MONTHS = 24
_INSERTION_MOST_LEVEL = 6
_LOWEST_INSERTION, _HIGHEST_INSERTION = 320_000, 580_000


def minimum_wage(month: int) -> int:
    """Return the minimum wage of a month index, full time, in centimes."""
    dated = sorted(calibration().minimum_wage.items())
    in_force = [figure.value for since, figure in dated if since <= format_month(month)]
    return in_force[-1] if in_force else dated[0][1].value


def choose_people(
    market: Market, month: int, firm: NDArray[np.int64], level: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each post a person and an origin; NOBODY when no number is left for a newcomer."""
    figures, count = calibration(), len(firm)
    person, origin = np.full(count, NOBODY, np.int64), np.full(count, Origin.OUTSIDE, np.int64)
    drawn = market.rng.random(count) * BASIS
    limits = np.cumsum([figures.natural_rehire_share.value, figures.second_job_share.value, market.changers])
    choice = np.searchsorted(limits, drawn, side="right")
    _former_staff(market, month, np.flatnonzero(choice == 0), firm, person, origin)
    _from_elsewhere(market, _second_jobbers(market, month), np.flatnonzero(choice == 1), firm, person, origin)
    _from_elsewhere(market, _leavers(market, month, _RECENT_LEAVERS), np.flatnonzero(choice == 2), firm, person, origin)  # noqa: PLR2004
    outside = np.flatnonzero(person == NOBODY)
    outside = outside[: max(0, market.serials - len(market.people))]
    year = np.full(len(outside), year_of(market.first_month + month))
    person[outside] = add_people(market.people, market.rng, level[outside], year)
    missing = np.flatnonzero(person == NOBODY)
    if len(missing):
        _anybody_else(market, month, missing, firm, person, origin)
    return person, origin


def _former_staff(
    market: Market,
    month: int,
    wants: NDArray[np.int64],
    firm: NDArray[np.int64],
    person: NDArray[np.int64],
    origin: NDArray[np.int64],
) -> None:
    people = market.people
    for post in wants:
        out = month - people["last_end"] - 1
        mine = (people["last_firm"] == firm[post]) & (people["posts"] == 0) & ~people["reserved"]
        free = np.flatnonzero(mine & (out >= SHORTEST_GAP) & (out <= LONGEST_GAP))
        free = free[~np.isin(free, person)]
        if len(free):
            person[post], origin[post] = market.rng.choice(free), Origin.SAME_FIRM


def _leavers(market: Market, month: int, most: int) -> NDArray[np.int64]:
    people = market.people
    out = month - people["last_end"]
    return np.flatnonzero((people["posts"] == 0) & ~people["reserved"] & (out >= 1) & (out <= most))


def _second_jobbers(market: Market, month: int) -> NDArray[np.int64]:
    people, spells = market.people, market.spells
    held = np.flatnonzero((people["posts"] == 1) & (people["spell"] != NOBODY))
    spell = people["spell"][held]
    settled = (spells["start"][spell] < month - 1) & (spells["end"][spell] == NEVER) & ~spells["part_time"][spell]
    ready: NDArray[np.int64] = held[settled]
    return ready


def _from_elsewhere(
    market: Market,
    candidates: NDArray[np.int64],
    wants: NDArray[np.int64],
    firm: NDArray[np.int64],
    person: NDArray[np.int64],
    origin: NDArray[np.int64],
) -> None:
    """Pair posts with people of unrelated firms of the same filière, by chance; a post may stay without anybody."""
    people, spells, firms = market.people, market.spells, market.firms
    candidates = market.rng.permutation(candidates[~np.isin(candidates, person)])
    second = people["posts"][candidates] > 0
    at = np.where(second, spells["firm"][people["spell"][candidates]], people["last_firm"][candidates])
    for filiere in np.unique(firms.filiere[firm[wants]]):
        posts = wants[firms.filiere[firm[wants]] == filiere]
        some = np.flatnonzero(firms.filiere[at] == filiere)[: len(posts)]
        posts = posts[: len(some)]
        honest = firms.group[at[some]] != firms.group[firm[posts]]
        posts, some = posts[honest], some[honest]
        person[posts] = candidates[some]
        origin[posts] = np.where(second[some], Origin.SECOND_JOB, Origin.UNRELATED_FIRM)


def _anybody_else(
    market: Market,
    month: int,
    posts: NDArray[np.int64],
    firm: NDArray[np.int64],
    person: NDArray[np.int64],
    origin: NDArray[np.int64],
) -> None:
    """Pair posts with people of unrelated firms of any filière, or who left a related one very long ago, by chance."""
    candidates = _leavers(market, month, _ALL_LEAVERS)
    some = market.rng.permutation(candidates[~np.isin(candidates, person)])[: len(posts)]
    posts = posts[: len(some)]
    apart = market.firms.group[market.people["last_firm"][some]] != market.firms.group[firm[posts]]
    forgotten = month - market.people["last_end"][some] > _FORGOTTEN
    person[posts[apart]], origin[posts[apart]] = some[apart], Origin.UNRELATED_FIRM
    long_gone = posts[~apart & forgotten]
    person[long_gone], origin[long_gone] = some[~apart & forgotten], Origin.OUTSIDE


def agreed_pay(
    market: Market, month: int, job: NDArray[np.int64], person: NDArray[np.int64], origin: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the pay of a month at hiring, in centimes: lognormal by job, at least what the person had elsewhere."""
    titles, spread = jobs(), calibration().pay_spread.value / 100
    usual = np.array([title.pay * 100.0 for title in titles])[job]
    drawn = usual * np.exp(market.rng.normal(0.0, spread, len(job)))
    had = last_pay(market, person, month)
    better = had * market.rng.uniform(1.0, 1.12, len(job))
    same = had * market.rng.uniform(1.0, 1.04, len(job))
    kept = (origin == Origin.RELATED_FIRM) | (origin == Origin.SAME_FIRM)
    drawn = np.where(
        kept & (had > 0), same, np.where(origin == Origin.UNRELATED_FIRM, np.maximum(drawn, better), drawn)
    )
    lowest = minimum_wage(market.first_month + month)
    steps = np.asarray(np.maximum(drawn, lowest), np.int64) // _DIRHAMS_STEP + 1
    return np.asarray(steps * _DIRHAMS_STEP)


def last_pay(market: Market, person: NDArray[np.int64], month: int) -> NDArray[np.float64]:
    """Return the latest known pay of people in a month, in centimes, raises included; 0 for a newcomer."""
    spell = market.people["last_spell"][person]
    known = spell != NOBODY
    held = spell[known]
    raises = market.firms.raises[market.spells["firm"][held]] / BASIS
    years = np.maximum(month - market.spells["start"][held], 0) // MONTHS_A_YEAR
    pay = np.zeros(len(person))
    pay[known] = market.spells["pay"][held] * (1 + raises) ** years
    return pay


def contracts(
    market: Market, month: int, level: NDArray[np.int64], person: NDArray[np.int64], origin: NDArray[np.int64]
) -> dict[str, NDArray[np.int64]]:
    """Return contract, month of conversion and latest month of each hire."""
    figures, rng, count = calibration(), market.rng, len(level)
    drawn = rng.random(count) * BASIS
    fresh = (origin == Origin.OUTSIDE) & (level <= _INSERTION_MOST_LEVEL)
    insertion = fresh & (drawn < figures.insertion_share.value) & (market.people["nationality"][person] == 0)
    fixed = ~insertion & (drawn < figures.insertion_share.value + figures.fixed_term_share.value)
    foreign = (market.people["nationality"][person] > 0) & (rng.random(count) < 0.2)  # noqa: PLR2004
    stays = chance(rng, count, 6_500)
    until = month + np.where(insertion, _INSERTION_MONTHS, rng.integers(3, MONTHS_A_YEAR + 1, count))
    limited = insertion | fixed
    contract = np.select(
        [insertion, fixed, foreign], [Contract.INSERTION, Contract.CDD, Contract.DETACHEMENT], Contract.CDI
    )
    return {
        "contract": contract,
        "converts": np.where(limited & stays, until, NEVER),
        "term": np.where(limited & ~stays, until - 1, NEVER),
    }


def insertion_pay(rng: np.random.Generator, pay: NDArray[np.int64], contract: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the pay with, for insertion contracts, an allowance of that scheme instead."""
    drawn = rng.integers(_LOWEST_INSERTION // _DIRHAMS_STEP, _HIGHEST_INSERTION // _DIRHAMS_STEP, len(pay))
    return np.where(contract == Contract.INSERTION, drawn * _DIRHAMS_STEP, pay)


def levels_of(cells_job: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the CNC level of the job of each post."""
    return np.array([job.level for job in jobs()])[cells_job]
