"""The payroll office of the invented employers: what they withhold for income tax, and how they got there.

It is the employers' own reading of the law, written apart from the offer on purpose: the statements they file must
owe nothing to the code that checks them. A year that is not whole is annualised: the income of 312 days (26 a month)
is the income of the days times 312 over the days, and the tax comes back in the same proportion.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minassa.nation.calibration import calibration
from minassa.nation.streams import BASIS
from minassa.vocabulary.rounding import Direction, divide

FULL_YEAR_DAYS = 312
_ARTICLE = "cgi-art-59#I-A"
_SCALE_ARTICLE = "cgi-art-73#I"
_FAMILY_ARTICLE = "cgi-art-74"
_SOCIAL_ARTICLE = "cnss-taux"
_CENTIMES = 100


@dataclass(frozen=True)
class Withholding:
    """Amounts of a year in centimes, and `rate` of professional expenses (35 or 25)."""

    professional_expenses: NDArray[np.int64]
    net_taxable: NDArray[np.int64]
    income_tax: NDArray[np.int64]
    expenses_rate: NDArray[np.int64]


def contributions(salary: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what an employee pays to the CNSS on the salary of a month, each part to the nearest centime."""
    figures = calibration()
    capped = np.minimum(salary, figures.ceiling.value * _CENTIMES) * figures.capped_contribution.value
    whole = salary * figures.uncapped_contribution.value
    parts = [divide(part, BASIS, Direction.HALF_UP, _SOCIAL_ARTICLE) for part in (capped, whole)]
    return parts[0] + parts[1]


def withhold(
    year: int,
    income: NDArray[np.int64],
    social: NDArray[np.int64],
    days: NDArray[np.int64],
    dependants: NDArray[np.int64],
    *,
    other_deductions: NDArray[np.int64],
) -> Withholding:
    """Return what is withheld in a year on gross taxable incomes earned in so many days (312: the whole year)."""
    days = np.clip(days, 1, FULL_YEAR_DAYS)
    yearly = _prorate(income, FULL_YEAR_DAYS, days)
    expenses_yearly, rate = _professional_expenses(yearly)
    expenses = np.minimum(_prorate(expenses_yearly, days, FULL_YEAR_DAYS), income)
    net = np.maximum(income - expenses - social - other_deductions, 0)
    tax = _prorate(_scale(year, _prorate(net, FULL_YEAR_DAYS, days)), days, FULL_YEAR_DAYS)
    family = _prorate(_family(year, dependants), days, FULL_YEAR_DAYS)
    return Withholding(expenses, net, np.maximum(tax - family, 0), rate)


def _prorate(
    amount: NDArray[np.int64], times: NDArray[np.int64] | int, over: NDArray[np.int64] | int
) -> NDArray[np.int64]:
    """Return amount x times / over to the nearest centime, where over may differ from row to row."""
    product, divisor = np.asarray(amount * times), np.asarray(over)
    result: NDArray[np.int64] = (product + divisor // 2) // divisor
    return result


def _professional_expenses(yearly: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the flat deduction on a yearly income (CGI art. 59-I-A) and its rate in whole per cent."""
    figures = calibration()
    low = yearly <= figures.professional_expenses_limit.value * _CENTIMES
    small = divide(yearly * figures.professional_expenses_low.value, BASIS, Direction.HALF_UP, _ARTICLE)
    large = divide(yearly * figures.professional_expenses_high.value, BASIS, Direction.HALF_UP, _ARTICLE)
    most = figures.professional_expenses_most.value * _CENTIMES
    per_cent = [
        rate.value // _CENTIMES for rate in (figures.professional_expenses_low, figures.professional_expenses_high)
    ]
    return np.where(low, small, np.minimum(large, most)), np.where(low, *per_cent)


def _in_force(dated: dict[str, int], year: int) -> int:
    since = max(first for first in dated if int(first) <= year)
    return dated[since]


def _scale(year: int, net: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the tax of the scale of the year on a yearly net income, before the family deduction."""
    figures = calibration()
    since = str(max(int(first) for first in figures.income_tax_limits if int(first) <= year))
    limits, rates = figures.income_tax_limits[since].value, figures.income_tax_rates[since].value
    bounds = [0, *(limit * _CENTIMES for limit in limits)]
    due = np.zeros_like(net)
    for rank, (bound, rate) in enumerate(zip(bounds, rates, strict=True)):
        above = np.maximum(net - bound, 0)
        part = above if rank + 1 == len(bounds) else np.minimum(above, bounds[rank + 1] - bound)
        due += part * rate
    return divide(due, BASIS, Direction.HALF_UP, _SCALE_ARTICLE)


def _family(year: int, dependants: NDArray[np.int64]) -> NDArray[np.int64]:
    figures = calibration()
    each = _in_force({since: figure.value for since, figure in figures.family_deduction.items()}, year)
    return np.minimum(dependants, figures.most_dependants.value) * each * _CENTIMES
