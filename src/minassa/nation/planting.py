"""What is planted on top of the labour process: invented staff, raised references, days and income that differ.

Planted so that detection can be measured: rates are chosen, they estimate nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from minassa.nation.calibration import calibration
from minassa.nation.firms import NEVER
from minassa.nation.hiring import minimum_wage
from minassa.nation.market import Market
from minassa.nation.people import add_people
from minassa.nation.spells import LAST_DAY, Contract, Entry, Origin
from minassa.nation.streams import BASIS, chance, stream
from minassa.vocabulary.periods import year_of

_REFERENCE_MONTHS = 12
_SEEN_AFTER = 2
_GHOST_LEVEL = 4
_FEWEST_CUT, _MOST_CUT = 6, 15


@dataclass(frozen=True)
class PayPlans:
    """What bends the pay of a spell: months of tenure `[since, until)` at `rate` (basis points of the usual pay).

    `planted` tells the spells raised for the reference and brought back; the others that have a plan got a genuine
    raise, which stays. `rate` is BASIS where nothing happens.
    """

    since: NDArray[np.int64]
    until: NDArray[np.int64]
    rate: NDArray[np.int64]
    planted: NDArray[np.bool_]

    def straight(self) -> PayPlans:
        """The same plans without the planted raises: what people would have been paid."""
        return replace(self, rate=np.where(self.planted, BASIS, self.rate), planted=np.zeros_like(self.planted))


@dataclass(frozen=True)
class YearPlans:
    """How the declarations of each link differ in a year; zeros where they do not.

    `days_cut`: CNSS days left out each full month, the salary too where `salary_cut`. `income`: the tax statement over
    the pay, in basis points (BASIS: the same); `days`: days added to the statement; `dependants`: dependants added.
    """

    days_cut: NDArray[np.int64]
    salary_cut: NDArray[np.bool_]
    income: NDArray[np.int64]
    days: NDArray[np.int64]
    dependants: NDArray[np.int64]

    def straight(self) -> YearPlans:
        """The plans of a year in which every declaration says what was paid."""
        nothing = np.zeros_like(self.days)
        return YearPlans(nothing, self.salary_cut, np.full_like(self.income, BASIS), nothing, nothing)


def add_ghosts(market: Market, seed: int, basin: int) -> None:
    """Add to the firms that plant them employees who exist for the CNSS alone, for 3 to 24 months."""
    rng, firms = stream(seed, "ghosts", basin), market.firms
    count = np.where(market.cheats["ghost"], -(-firms.size * calibration().ghost_rate.value // BASIS), 0)
    firm = np.repeat(np.arange(len(firms)), count)[: max(0, market.serials - len(market.people))]
    if not len(firm):
        return
    person = add_people(market.people, rng, np.full(len(firm), _GHOST_LEVEL), _years(market, len(firm)))
    market.people["nationality"][person] = 0
    start = rng.integers(0, max(1, market.months - 2), len(firm))
    end = np.minimum(start + rng.integers(2, 24, len(firm)), market.firms.closes[firm])
    cell = market.cells.first[firm]
    lowest = minimum_wage(market.first_month + market.months)
    market.spells.append(
        len(firm),
        person=person,
        firm=firm,
        seat=-1,
        cell=cell,
        start=start,
        start_day=1,
        end=np.where(end < market.months, end, NEVER),
        end_day=LAST_DAY,
        entry=Entry.GHOST,
        origin=Origin.OUTSIDE,
        planted=True,
        before=-1,
        previous=-1,
        contract=Contract.CDI,
        converts=NEVER,
        term=NEVER,
        pay=lowest + rng.integers(0, 150, len(firm)) * 1_000,
    )


def _years(market: Market, count: int) -> NDArray[np.int64]:
    return np.full(count, year_of(market.first_month))


def plan_pay(market: Market, seed: int, basin: int) -> PayPlans:
    """Draw the raises of the first year: planted and brought back in some firms, genuine elsewhere."""
    rng, spells = stream(seed, "raises", basin), market.spells
    count = len(spells)
    firm = spells["firm"]
    hired = (spells["start"] >= 0) & (spells["entry"] != Entry.GHOST) & (spells["contract"] != Contract.INSERTION)
    seen = np.minimum(spells["end"], market.months - 1) - spells["start"] >= _REFERENCE_MONTHS + _SEEN_AFTER
    cheats = market.cheats["raised_reference"][firm]
    planted = hired & seen & cheats & chance(rng, count, calibration().raised_reference_share.value)
    genuine = hired & ~cheats & chance(rng, count, calibration().genuine_raise_share.value)
    return PayPlans(
        since=np.where(planted, rng.integers(1, 4, count), rng.integers(4, _REFERENCE_MONTHS, count)),
        until=np.where(planted, _REFERENCE_MONTHS, NEVER),
        rate=np.where(
            planted,
            BASIS + rng.integers(3_200, 6_000, count),
            np.where(genuine, BASIS + rng.integers(1_500, 4_000, count), BASIS),
        ),
        planted=planted,
    )


def plan_year(market: Market, firm: NDArray[np.int64], seed: int, basin: int, year: int) -> YearPlans:
    """Draw how the declarations of each link (given its firm) will differ in a year."""
    rng, count = stream(seed, "differences", basin, year), len(firm)
    short = market.cheats["underdeclared_days"][firm] & chance(rng, count, calibration().underdeclared_share.value)
    differs = market.cheats["disagreement"][firm] & chance(rng, count, calibration().disagreement_share.value)
    kind = rng.random(count)
    income = differs & (kind < 0.6)  # noqa: PLR2004
    days = differs & (kind >= 0.6) & (kind < 0.8)  # noqa: PLR2004
    less = BASIS - rng.integers(700, 2_500, count)
    more = BASIS + rng.integers(700, 2_000, count)
    return YearPlans(
        days_cut=np.where(short, rng.integers(_FEWEST_CUT, _MOST_CUT, count), 0),
        salary_cut=short & (rng.random(count) < 0.5),  # noqa: PLR2004
        income=np.where(income, np.where(rng.random(count) < 0.7, less, more), BASIS),  # noqa: PLR2004
        days=np.where(days, rng.choice([-52, -26, 26, 52], count), 0),
        dependants=np.where(differs & (kind >= 0.8), rng.integers(1, 4, count), 0),  # noqa: PLR2004
    )
