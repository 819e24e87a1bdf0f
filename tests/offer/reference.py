"""A second calculator of the same law, written apart from the offer: fractions of a dirham, slice by slice.

It shares no code and no form of computation with the measures, so that a mistake has to be made twice to pass. Each
line that a payslip shows is rounded to the centime: contributions, expenses, tax of the scale, family, cap.
"""

from __future__ import annotations

import math
from fractions import Fraction

SCALES = {
    2010: ((0, 30_000, 0), (30_000, 50_000, 10), (50_000, 60_000, 20), (60_000, 80_000, 30), (80_000, 180_000, 34)),
    2025: ((0, 40_000, 0), (40_000, 60_000, 10), (60_000, 80_000, 20), (80_000, 100_000, 30), (100_000, 180_000, 34)),
}
TOP = {2010: (180_000, 38), 2025: (180_000, 37)}


def to_centime(amount: Fraction) -> Fraction:
    """An amount in dirhams to the centime, the half upward."""
    return Fraction(math.floor(amount * 100 + Fraction(1, 2)), 100)


def social(income: Fraction, capped: Fraction) -> Fraction:
    """Employee's contributions: 4.48 % of the capped salary, 2.26 % of the whole."""
    return to_centime(Fraction(448, 10_000) * capped + Fraction(226, 10_000) * income)


def expenses(income: Fraction, months: int, year: int) -> Fraction:
    """Professional expenses of `months` months: the yearly rule on the income brought to a year, and back."""
    yearly = income * 12 / months
    if year < 2023:
        of_year = min(yearly * 20 / 100, Fraction(30_000))
    elif yearly <= 78_000:
        of_year = yearly * 35 / 100
    else:
        of_year = min(yearly * 25 / 100, Fraction(35_000))
    return to_centime(of_year * months / 12)


def tax_of_year(net: Fraction, year: int) -> Fraction:
    """The scale, slice by slice, on a yearly net income in dirhams, before any rounding."""
    scale = 2025 if year >= 2025 else 2010
    tax = Fraction(0)
    for lower, upper, rate in SCALES[scale]:
        tax += max(Fraction(0), min(net, Fraction(upper)) - lower) * rate / 100
    threshold, rate = TOP[scale]
    return tax + max(Fraction(0), net - threshold) * rate / 100


def net_income(income: Fraction, capped: Fraction, months: int, year: int, other: Fraction = Fraction(0)) -> Fraction:
    """Net taxable income of the period, in dirhams."""
    return max(Fraction(0), income - expenses(income, months, year) - social(income, capped) - other)


def by_scale(net: Fraction, months: int, year: int) -> Fraction:
    """Tax of the scale on the net income of `months` months: that of a whole year at the same pace, brought back."""
    return to_centime(tax_of_year(net * 12 / months, year) * months / 12)


def family(dependants: int, months: int, year: int) -> Fraction:
    """Deduction for dependants, six at most, for `months` months."""
    return to_centime(Fraction(min(dependants, 6) * (500 if year >= 2025 else 360) * months, 12))


def income_tax(
    income: Fraction, capped: Fraction, months: int, year: int, other: Fraction = Fraction(0), dependants: int = 0
) -> Fraction:
    """Income tax of a period of `months` months, in dirhams."""
    net = net_income(income, capped, months, year, other)
    return max(Fraction(0), by_scale(net, months, year) - family(dependants, months, year))


def above_cap(tax: Fraction, income: Fraction, cap: int) -> Fraction:
    """Tax beyond a cap in per cent of the income, in dirhams."""
    return max(Fraction(0), tax - to_centime(income * cap / 100))


def contribution(tax: Fraction, income: Fraction, cap: int, aided: Fraction, exported: Fraction) -> Fraction:
    """AIR in dirhams: the tax beyond the cap, for the share of months not aided, then for the share exported."""
    return to_centime(to_centime(above_cap(tax, income, cap) * (1 - aided)) * exported)
