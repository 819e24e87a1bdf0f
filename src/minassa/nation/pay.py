"""What each employee is paid in a month: days, gross pay, situation; the employer's truth, before any declaration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minassa.nation.absences import FULL_MONTH, KEPT, UNPAID, Absences
from minassa.nation.calibration import calibration
from minassa.nation.firms import MONTHS_A_YEAR, NEVER
from minassa.nation.hiring import minimum_wage
from minassa.nation.planting import PayPlans
from minassa.nation.spells import Contract, Entry
from minassa.nation.staff import Staff
from minassa.nation.streams import BASIS, chance, stream
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import last_day, month_number
from minassa.vocabulary.rounding import Direction, divide

_ARTICLE = "minassa-default#paie-fictive"
_BONUS_RATE = 4_000
_BONUS_MONTHS = (6, 11)
_VARIABLE_MOST = 600
_DECEMBER = 12
_TAHFIZ_MONTHS = 24
_TAHFIZ_MOST_STAFF = 10
_CENTIMES = 100


@dataclass(frozen=True)
class MonthPay:
    """The active spells of a month: days paid (0 to 26), gross pay in centimes, situation, usual pay of a month."""

    spells: NDArray[np.int64]
    days: NDArray[np.int64]
    gross: NDArray[np.int64]
    situation: NDArray[np.int64]
    usual: NDArray[np.int64]


class Payroll:
    """The pay of a basin, month after month: months must be asked for in order, from 0."""

    def __init__(self, staff: Staff, plans: PayPlans, seed: int, basin: int) -> None:
        """Draw the habits of each firm and the raises of each person."""
        self.staff, self._plans = staff, plans
        self._rng = stream(seed, "pay", basin)
        spells, firms = staff.spells, staff.market.firms
        self._firm = spells["firm"].astype(np.int64)
        self._start = spells["start"].astype(np.int64)
        self._end = spells["end"].astype(np.int64)
        own = self._rng.integers(-150, 251, len(spells))
        self._raise = np.where(spells["entry"] == Entry.GHOST, 0, np.maximum(0, firms.raises[self._firm] + own))
        self._usual = spells["pay"].copy()
        self._insertion = spells["contract"] == Contract.INSERTION
        self._variable = firms.filiere[self._firm] == Filiere.CRM
        pays = chance(self._rng, len(firms), calibration().bonus_share.value)
        self.bonus_month = np.where(pays, self._rng.choice(_BONUS_MONTHS, len(firms)), 0)
        self.absences = Absences(staff, self._rng)

    def month(self, month: int) -> MonthPay:
        """Return the pay of a month."""
        market = self.staff.market
        index = market.first_month + month
        active = np.flatnonzero((self._start <= month) & (self._end >= month))
        self._raise_pay(month, active)
        lost, situation = self.absences.month(month, active)
        days = np.maximum(self._days_in_post(month, active) - lost, 0)
        situation = np.where((lost > 0), situation, 0)
        part_time = self.staff.spells["part_time"][active]
        days = np.where(part_time, (days + 1) // 2, days)
        days = np.where((situation == UNPAID) | (situation == KEPT), 0, days)
        usual = self._usual[active]
        gross = divide(usual * self._rate(month, active) * days, FULL_MONTH * BASIS, Direction.HALF_UP, _ARTICLE)
        gross += self._extras(month, month_number(index), active, days, gross)
        return MonthPay(active, days, gross, situation, usual)

    def _raise_pay(self, month: int, active: NDArray[np.int64]) -> None:
        """Raise pay in January, to the minimum wage at least; a converted insertion contract gets a wage."""
        index = self.staff.market.first_month + month
        lowest = minimum_wage(index)
        if month_number(index) == 1:
            settled = active[self._start[active] < month]
            raised = self._usual[settled] * (BASIS + self._raise[settled])
            self._usual[settled] = divide(raised, BASIS, Direction.HALF_UP, _ARTICLE)
        converted = active[self._insertion[active] & (self.staff.spells["converts"][active] == month)]
        self._insertion[converted] = False
        waged = active[~self._insertion[active]]
        self._usual[waged] = np.maximum(self._usual[waged], lowest)

    def insertion(self, spells: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell which spells are under an insertion contract in the month reached."""
        under: NDArray[np.bool_] = self._insertion[spells]
        return under

    def _days_in_post(self, month: int, active: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the days in post out of 26, rounded up: part of the month in the months of hiring and leaving."""
        length = last_day(self.staff.market.first_month + month).day
        first = np.where(self._start[active] == month, self.staff.spells["start_day"][active], 1)
        last = np.where(self._end[active] == month, np.minimum(self.staff.spells["end_day"][active], length), length)
        present = np.maximum(last - first + 1, 1)
        return divide(present.astype(np.int64) * FULL_MONTH, length, Direction.UP, _ARTICLE)

    def _rate(self, month: int, active: NDArray[np.int64]) -> NDArray[np.int64]:
        tenure = month - self._start[active]
        bent = (tenure >= self._plans.since[active]) & (tenure < self._plans.until[active])
        return np.where(bent, self._plans.rate[active], BASIS)

    def _extras(
        self, month: int, calendar: int, active: NDArray[np.int64], days: NDArray[np.int64], gross: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return variable pay, yearly bonus and thirteenth month, for those who worked in the month."""
        firms, firm = self.staff.market.firms, self._firm[active]
        regular = (days > 0) & ~self._insertion[active] & (self.staff.spells["entry"][active] != Entry.GHOST)
        share = self._rng.integers(0, _VARIABLE_MOST, len(active))
        variable = divide(gross * share, BASIS, Direction.HALF_UP, _ARTICLE)
        extra = np.where(self._variable[active] & (days == FULL_MONTH), variable, 0)
        bonus = divide(self._usual[active] * _BONUS_RATE, BASIS, Direction.HALF_UP, _ARTICLE)
        due = (self.bonus_month[firm] == calendar) & (month - self._start[active] >= 2)  # noqa: PLR2004
        extra += np.where(due, bonus, 0)
        if calendar == _DECEMBER:
            served = np.minimum(month - self._start[active] + 1, MONTHS_A_YEAR)
            thirteenth = divide(self._usual[active] * served, MONTHS_A_YEAR, Direction.HALF_UP, _ARTICLE)
            extra += np.where(firms.thirteenth[firm], thirteenth, 0)
        return np.where(regular, extra, 0)


def other_aids(staff: Staff, seed: int, basin: int) -> tuple[NDArray[np.str_], NDArray[np.int64]]:
    """Return the other public aid on each spell (empty: none) and its last month."""
    rng, spells, firms = stream(seed, "aids", basin), staff.spells, staff.market.firms
    firm, start = spells["firm"], spells["start"].astype(np.int64)
    hired = (start >= 0) & (spells["entry"] != Entry.GHOST)
    low = spells["pay"] <= calibration().tahfiz_limit.value * _CENTIMES
    young = hired & (spells["contract"] == Contract.CDI) & firms.tahfiz[firm] & low
    young &= (start - firms.started[firm] < _TAHFIZ_MONTHS) & (_turn(firm, young) < _TAHFIZ_MOST_STAFF)
    insertion = spells["contract"] == Contract.INSERTION
    awrach = hired & ~young & ~insertion & chance(rng, len(spells), 40)
    regional = hired & ~young & ~insertion & ~awrach & chance(rng, len(spells), 25)
    aid = np.select([young, insertion, awrach, regional], ["TAHFIZ", "IDMAJ", "AWRACH", "REGION"], "")
    until = start + np.select([young, insertion, awrach, regional], [_TAHFIZ_MONTHS, _TAHFIZ_MONTHS, 9, 12], 0) - 1
    until = np.where(insertion, np.minimum(until, spells["converts"].astype(np.int64) - 1), until)
    return aid, np.where(aid == "", -NEVER, until)


def _turn(firm: NDArray[np.int64], chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the rank of each chosen spell among those of its firm, in the order of hiring."""
    rank = np.zeros(len(firm), np.int64)
    rows = np.flatnonzero(chosen)
    order = rows[np.argsort(firm[rows], kind="stable")]
    rank[order] = np.arange(len(order)) - np.searchsorted(firm[order], firm[order], side="left")
    return rank
