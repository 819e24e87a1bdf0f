"""From gross taxable income to net taxable income."""

from __future__ import annotations

from typing import Any

from minassa.engine import maximum, minimum, positive, rule, where
from minassa.offer.centimes import ROUNDING, nearest
from minassa.vocabulary.periods import MONTHS_A_YEAR
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.statuses import Status


@rule(
    grain="employee_period",
    starts="2016-01-01",
    texts=("cgi-art-73", "minassa-default#mois-travailles"),
    unit="months",
    status=Status.ASSUMED,
)
def taxed_months_period(months_worked_period: Any) -> Any:
    """Months by which yearly thresholds and ceilings are shared: those worked, and one when none was (a late bonus).

    The tax code's own way of sharing them was not read.
    """
    return maximum(months_worked_period, 1)


@rule(
    name="professional_expenses_rate_period",
    grain="employee_period",
    starts="2016-01-01",
    ends="2022-12-31",
    texts=("cgi-art-59#I-A",),
    unit="basis_points",
    status=Status.OFFICIAL,
)
def one_rate_of_professional_expenses(professional_expenses_rate: Any) -> Any:
    """Rate of the flat deduction for professional expenses, in basis points: the same for all. CGI, 59-I-A."""
    return professional_expenses_rate


@rule(
    grain="employee_period",
    starts="2023-01-01",
    texts=("cgi-art-59#I-A",),
    unit="basis_points",
    status=Status.OFFICIAL,
)
def professional_expenses_rate_period(
    gross_taxable_income_period: Any,
    taxed_months_period: Any,
    professional_expenses_threshold: Any,
    professional_expenses_low_income_rate: Any,
    professional_expenses_high_income_rate: Any,
) -> Any:
    """Rate of the flat deduction for professional expenses, in basis points. CGI, article 59-I-A.

    A higher rate up to a yearly income (the threshold included), a lower one above it.
    """
    yearly = MONTHS_A_YEAR * gross_taxable_income_period
    low_income = yearly <= professional_expenses_threshold * taxed_months_period
    return where(low_income, professional_expenses_low_income_rate, professional_expenses_high_income_rate)


@rule(
    grain="employee_period",
    starts="2016-01-01",
    texts=("cgi-art-59#I-A", ROUNDING),
    unit="cents",
    status=Status.OFFICIAL,
)
def professional_expenses_period(
    gross_taxable_income_period: Any,
    taxed_months_period: Any,
    professional_expenses_rate_period: Any,
    professional_expenses_ceiling: Any,
) -> Any:
    """Flat deduction for professional expenses, in centimes: a rate of the income under a ceiling. CGI, 59-I-A.

    The yearly ceiling is shared by the months.
    """
    yearly = MONTHS_A_YEAR * gross_taxable_income_period
    ceiling = BASIS_POINTS * professional_expenses_ceiling * taxed_months_period
    return nearest(minimum(professional_expenses_rate_period * yearly, ceiling), MONTHS_A_YEAR * BASIS_POINTS)


@rule(
    grain="employee_period",
    starts="2016-01-01",
    texts=("cgi-art-59",),
    unit="cents",
    status=Status.INFERRED,
)
def net_taxable_income_period(
    gross_taxable_income_period: Any,
    other_deductions_period: Any,
    professional_expenses_period: Any,
    social_contributions_period: Any,
) -> Any:
    """Income of the period less the deductions of article 59, never below zero, in centimes."""
    deductions = professional_expenses_period + social_contributions_period + other_deductions_period
    return positive(gross_taxable_income_period - deductions)
