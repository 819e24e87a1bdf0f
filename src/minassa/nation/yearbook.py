"""The payroll books of a basin for a calendar year, and the yearly statement of salaries drawn from them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minassa.nation.absences import FULL_MONTH
from minassa.nation.calibration import calibration
from minassa.nation.income_tax import FULL_YEAR_DAYS, Withholding, contributions, withhold
from minassa.nation.pay import MonthPay
from minassa.nation.planting import YearPlans
from minassa.nation.spells import Entry
from minassa.nation.staff import Staff
from minassa.nation.streams import BASIS
from minassa.vocabulary.rounding import Direction, divide

PERMANENT, EXEMPT, TRAINEE = 0, 1, 2
"""Who pays income tax, who is exempt (TAHFIZ), who is under an insertion contract."""

_ARTICLE = "minassa-default#paie-fictive"
_CENTIMES = 100
_BORROWERS = 29
_BORROWER_PAY = 1_100_000
_INSTALMENT = 145_000


@dataclass(frozen=True)
class Statement:
    """What a firm states of some links for a year, in centimes; `category` is PERMANENT, EXEMPT or TRAINEE."""

    links: NDArray[np.int64]
    category: NDArray[np.int64]
    base: NDArray[np.int64]
    gross: NDArray[np.int64]
    exempt: NDArray[np.int64]
    taxable: NDArray[np.int64]
    social: NDArray[np.int64]
    other: NDArray[np.int64]
    days: NDArray[np.int64]
    dependants: NDArray[np.int64]
    tax: Withholding


class YearBook:
    """Sums of a year by link and category; `open_year` starts the next one."""

    def __init__(self, staff: Staff, aid: NDArray[np.str_], aid_until: NDArray[np.int64]) -> None:
        """Start with empty books. `aid` and `aid_until` are the other public aid on each spell."""
        self._staff = staff
        self._exempt_until = np.where(aid == "TAHFIZ", aid_until, -1)
        self._ghost = staff.spells["entry"] == Entry.GHOST
        self.open_year()

    def open_year(self) -> None:
        """Forget the year before."""
        shape = (3, len(self._staff.person))
        self._taxable, self._social, self._days, self._span, self._base, self._exempt = (
            np.zeros(shape, np.int64) for _ in range(6)
        )
        self._months = np.zeros(shape[1], np.int64)

    def add(self, month: int, pay: MonthPay, insertion: NDArray[np.bool_]) -> None:
        """Enter the pay of a month. `insertion` tells the active spells under an insertion contract."""
        real = np.flatnonzero(~self._ghost[pay.spells])
        spells, links = pay.spells[real], self._staff.link_of[pay.spells[real]]
        limit = calibration().tahfiz_limit.value * _CENTIMES
        aided = (self._exempt_until[spells] >= month) & (pay.usual[real] <= limit)
        category = np.where(insertion[real], TRAINEE, np.where(aided, EXEMPT, PERMANENT))
        at = (category, links)
        gross, days = pay.gross[real], pay.days[real]
        transport = self._staff.market.firms.transport[self._staff.firm[links]]
        self._taxable[at] += gross
        self._social[at] += np.where(category == TRAINEE, 0, contributions(gross))
        self._days[at] += days
        self._span[at] += FULL_MONTH
        self._base[at] += divide(pay.usual[real] * days, FULL_MONTH, Direction.HALF_UP, _ARTICLE)
        self._exempt[at] += np.where(category == PERMANENT, transport * days // FULL_MONTH, 0)
        self._months[links] += 1

    def statement(self, firm: int, year: int, plans: YearPlans) -> Statement:
        """Return the statement of a firm for the year, as it is filed: with the differences that are planted."""
        rows = self._staff.of_firm(firm)
        category, place = np.nonzero(self._span[:, rows])
        links = place + rows.start
        at, ordinary = (category, links), category == PERMANENT
        income = np.where(ordinary, plans.income[links], BASIS)
        taxable = divide(self._taxable[at] * income, BASIS, Direction.HALF_UP, _ARTICLE)
        if self._staff.market.firms.rounds[firm]:
            taxable = divide(taxable, _CENTIMES, Direction.HALF_UP, _ARTICLE) * _CENTIMES
        days = _shifted(self._days[at], np.where(ordinary, plans.days[links], 0))
        dependants = self._dependants(links) + plans.dependants[links]
        other = np.where(category == PERMANENT, self._instalments(links, taxable), 0)
        social = np.minimum(self._social[at], taxable)
        tax = withhold(year, taxable, social, self._span[at], dependants, other_deductions=other)
        exempt = self._exempt[at]
        return Statement(
            links, category, self._base[at], taxable + exempt, exempt, taxable, social, other, days, dependants, tax
        )

    def taxed(self) -> NDArray[np.bool_]:
        """Tell for each link whether it is stated as paying income tax in the year."""
        return np.asarray(self._span[PERMANENT] > 0)

    def _dependants(self, links: NDArray[np.int64]) -> NDArray[np.int64]:
        dependants: NDArray[np.int64] = self._staff.people["dependants"][self._staff.person[links]].astype(np.int64)
        return dependants

    def _instalments(self, links: NDArray[np.int64], taxable: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return what a few well-paid people deduct for the loan on their home (CGI art. 59)."""
        months = np.maximum(self._months[links], 1)
        borrows = (self._staff.link_number(links) // 10 % _BORROWERS == 0) & (taxable // months > _BORROWER_PAY)
        return np.where(borrows, _INSTALMENT * months, 0)


def _shifted(days: NDArray[np.int64], shift: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return days moved one way, or the other way where the year has no room for it."""
    moved = days + shift
    return np.where((moved > FULL_YEAR_DAYS) | (moved < 0), np.maximum(days - shift, 0), moved)
