"""The scale, the family deduction, the tax due and the tax that counts."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from minassa.engine import Brackets, minimum, positive, rule, where
from minassa.offer.precision import PARTS, ROUNDING
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide
from minassa.vocabulary.statuses import Status

SCALE = ("cgi-art-73", "cgi-art-73-2010")


def sums_to_deduct(scale: Brackets) -> list[int]:
    """What is taken off rate × income in each bracket so that the tax has no step, in ten-thousandths of a centime."""
    sums = [0]
    for (lower, higher), threshold in zip(pairwise(scale.rates), scale.thresholds[1:], strict=True):
        sums.append(sums[-1] + (higher - lower) * threshold)
    return sums


def of_bracket(income: Any, months: Any, scale: Brackets, values: tuple[int, ...] | list[int]) -> Any:
    """The value of the bracket in which an income lies, thresholds being shared by the months."""
    chosen: Any = values[0]
    for threshold, value in zip(scale.thresholds[1:], values[1:], strict=True):
        chosen = where(income >= threshold * months, value, chosen)
    return chosen


@rule(
    grain="employee_period",
    starts="2016-01-01",
    texts=SCALE,
    unit="basis_points",
    status=Status.PRESS,
)
def income_tax_rate(twelvefold_net_income_period: Any, taxed_months_period: Any, income_tax_scale: Brackets) -> Any:
    """Rate of the bracket in which the net income lies, in basis points. CGI, article 73."""
    return of_bracket(twelvefold_net_income_period, taxed_months_period, income_tax_scale, income_tax_scale.rates)


@rule(
    grain="employee_period",
    starts="2016-01-01",
    texts=SCALE,
    unit="cents/10000",
    status=Status.INFERRED,
)
def income_tax_sum_to_deduct(
    twelvefold_net_income_period: Any, taxed_months_period: Any, income_tax_scale: Brackets
) -> Any:
    """Sum to deduct, a year, from rate × net income in its bracket, in ten-thousandths of a centime.

    Follows from the scale: the tax has no step from one bracket to the next.
    """
    sums = sums_to_deduct(income_tax_scale)
    return of_bracket(twelvefold_net_income_period, taxed_months_period, income_tax_scale, sums)


@rule(
    grain="employee_period",
    starts="2016-01-01",
    texts=("cgi-art-74",),
    unit="cents",
    status=Status.PRESS,
)
def family_deduction_year(dependants: Any, family_deduction: Any, family_deduction_dependants_max: Any) -> Any:
    """Deduction from the tax for dependants, in centimes a year. CGI, article 74."""
    return family_deduction * minimum(dependants, family_deduction_dependants_max)


@rule(
    grain="employee_period",
    starts="2016-01-01",
    texts=("minassa-default#arrondi",),
    unit="cents/120000",
    status=Status.INFERRED,
)
def income_tax_fraction(net_taxable_income_period: Any, twelvefold_net_income_period: Any, income_tax_rate: Any) -> Any:
    """Tax on the fraction of a centime that the twelvefold income leaves out, in 120,000ths of a centime.

    With it the tax is exact, and every product stays below 2^53: some engines divide through doubles.
    """
    fraction = net_taxable_income_period - BASIS_POINTS * twelvefold_net_income_period
    return divide(income_tax_rate * fraction, BASIS_POINTS, Direction.DOWN, ROUNDING)


@rule(
    grain="employee_period",
    starts="2016-01-01",
    texts=(*SCALE, "cgi-art-74", ROUNDING),
    unit="cents",
    status=Status.PRESS,
)
def income_tax_due(
    twelvefold_net_income_period: Any,
    taxed_months_period: Any,
    income_tax_rate: Any,
    income_tax_sum_to_deduct: Any,
    income_tax_fraction: Any,
    family_deduction_year: Any,
) -> Any:
    """Income tax of the period, in centimes: the yearly scale brought to the months worked, less dependants.

    Rounded once, here. CGI, articles 73 and 74.
    """
    taken_off = (income_tax_sum_to_deduct + BASIS_POINTS * family_deduction_year) * taxed_months_period
    parts = positive(income_tax_rate * twelvefold_net_income_period + income_tax_fraction - taken_off)
    return divide(parts, PARTS, Direction.HALF_UP, ROUNDING)


@rule(
    grain="employee_period",
    starts="2016-01-01",
    texts=("minassa-default#impot-retenu",),
    unit="cents",
    status=Status.ASSUMED,
)
def income_tax_counted(
    income_tax_due: Any, income_tax_withheld_period: Any, tax_statement_filed: Any, withheld_tax_bounds: bool
) -> Any:
    """Income tax that counts for the offer, in centimes: the lesser of due and withheld once a statement is filed.

    Until then, the tax due. A State that takes over a burden takes over no more than was borne. Not read in a text.
    """
    if not withheld_tax_bounds:
        return income_tax_due
    return where(tax_statement_filed, minimum(income_tax_due, income_tax_withheld_period), income_tax_due)
