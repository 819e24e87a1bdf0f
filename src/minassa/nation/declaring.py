"""What each employer declares to the CNSS for a month: who answers the préétabli, who enters, who was forgotten.

The préétabli of a month announces those declared for the month before. Those who have left since are answered once with
the situation SO and nothing else; those who were not announced are entrants, in the declaration or, when they were
forgotten, in a complementary one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minassa.nation.absences import FULL_MONTH
from minassa.nation.calibration import calibration
from minassa.nation.pay import MonthPay
from minassa.nation.people import NOBODY
from minassa.nation.planting import YearPlans
from minassa.nation.spells import Entry
from minassa.nation.staff import Staff
from minassa.nation.streams import chance, stream

ABSENT, ANNOUNCED, ENTRANT, FORGOTTEN = 0, 2, 4, 14
"""The record of a link in a month: none, B02, B04, E04, as the lake numbers them."""

LEFT = 1
"""Rank of the situation SO."""
_CENTIMES = 100


@dataclass(frozen=True)
class DeclaredMonth:
    """One row for each link of the basin: its record and what is written there (0 where there is no record).

    `number` is 0 for a person whose number is not known yet. `announced` are the links of the préétabli.
    """

    record: NDArray[np.int64]
    number: NDArray[np.int64]
    days: NDArray[np.int64]
    salary: NDArray[np.int64]
    capped: NDArray[np.int64]
    situation: NDArray[np.int64]
    announced: NDArray[np.bool_]


class Declaring:
    """The declarations of a basin, month after month: months must be asked for in order, from 0."""

    def __init__(self, staff: Staff, seed: int, basin: int) -> None:
        """Start from the préétabli of the first month: those in post the month before."""
        self._staff = staff
        self._rng = stream(seed, "declarations", basin)
        self._number = staff.link_number()
        self._announced = np.zeros(len(staff.person), np.bool_)
        self._announced[staff.link_of[staff.spells["start"] < 0]] = True
        self._unknown = _first_link(staff) & staff.people["unnumbered"][staff.person]
        ghost = staff.spells["entry"] == Entry.GHOST
        self._real = np.ones(len(staff.person), np.bool_)
        self._real[staff.link_of[ghost]] = False

    def month(self, pay: MonthPay, plans: YearPlans) -> DeclaredMonth:
        """Return what is declared for a month."""
        count, announced = len(self._announced), self._announced
        links = self._staff.link_of[pay.spells]
        present = np.zeros(count, np.bool_)
        present[links] = True
        forgotten = chance(self._rng, count, calibration().late_entry_share.value) & self._real
        record = np.where(announced, ANNOUNCED, np.where(present, np.where(forgotten, FORGOTTEN, ENTRANT), ABSENT))
        days, salary, situation = (np.zeros(count, np.int64) for _ in range(3))
        days[links], salary[links] = _shown(pay, plans, links)
        situation[links] = pay.situation
        situation = np.where(announced & ~present, LEFT, situation)
        number = np.where(self._unknown & present & ~announced, 0, self._number)
        self._unknown &= ~present
        self._announced = present
        ceiling = calibration().ceiling.value * _CENTIMES
        return DeclaredMonth(record, number, days, salary, np.minimum(salary, ceiling), situation, announced)


def _shown(pay: MonthPay, plans: YearPlans, links: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the days and the salary declared: those paid, less what a firm leaves out of full months."""
    cut = np.where((pay.days == FULL_MONTH) & (pay.situation == 0), plans.days_cut[links], 0)
    days = pay.days - cut
    shown = pay.gross * days // np.maximum(pay.days, 1)
    return days, np.where((cut > 0) & plans.salary_cut[links], shown, pay.gross)


def _first_link(staff: Staff) -> NDArray[np.bool_]:
    """Tell the links of people's first employment among those hired during the simulation."""
    first = (staff.spells["start"] >= 0) & (staff.spells["previous"] == NOBODY)
    links = np.zeros(len(staff.person), np.bool_)
    links[staff.link_of[first]] = True
    return links
