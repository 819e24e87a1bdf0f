"""From gross taxable income to net taxable income."""

from __future__ import annotations

from typing import Any

from minassa.engine import maximum, minimum, positive, rule, where
from minassa.offer.precision import EXACT, MONTHS, PARTS
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide
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
    name="professional_expenses_period",
    grain="employee_period",
    starts="2016-01-01",
    ends="2022-12-31",
    texts=("cgi-art-59#I-A",),
    unit=EXACT,
    status=Status.OFFICIAL,
)
def professional_expenses_of_one_rate(
    gross_taxable_income_period: Any,
    taxed_months_period: Any,
    professional_expenses_rate: Any,
    professional_expenses_ceiling: Any,
) -> Any:
    """Flat deduction for professional expenses, one rate under a ceiling, in 120,000ths of a centime. CGI, 59-I-A."""
    return minimum(
        MONTHS * professional_expenses_rate * gross_taxable_income_period,
        professional_expenses_ceiling * BASIS_POINTS * taxed_months_period,
    )


@rule(
    grain="employee_period",
    starts="2023-01-01",
    texts=("cgi-art-59#I-A",),
    unit=EXACT,
    status=Status.OFFICIAL,
)
def professional_expenses_period(
    gross_taxable_income_period: Any,
    taxed_months_period: Any,
    professional_expenses_threshold: Any,
    professional_expenses_low_income_rate: Any,
    professional_expenses_high_income_rate: Any,
    professional_expenses_ceiling: Any,
) -> Any:
    """Flat deduction for professional expenses, in 120,000ths of a centime. CGI, article 59-I-A.

    A higher rate up to a yearly income (the threshold included), a lower one under a yearly ceiling above it.
    """
    twelvefold = MONTHS * gross_taxable_income_period
    ceiling = professional_expenses_ceiling * BASIS_POINTS * taxed_months_period
    return where(
        twelvefold <= professional_expenses_threshold * taxed_months_period,
        professional_expenses_low_income_rate * twelvefold,
        minimum(professional_expenses_high_income_rate * twelvefold, ceiling),
    )


@rule(
    grain="employee_period",
    starts="2016-01-01",
    texts=("cgi-art-59",),
    unit=EXACT,
    status=Status.INFERRED,
)
def net_taxable_income_period(
    gross_taxable_income_period: Any,
    other_deductions_period: Any,
    professional_expenses_period: Any,
    social_contributions_period: Any,
) -> Any:
    """Income of the period less the deductions of article 59, never below zero, in 120,000ths of a centime."""
    income = PARTS * (gross_taxable_income_period - other_deductions_period)
    return positive(income - professional_expenses_period - social_contributions_period)


@rule(
    grain="employee_period",
    starts="2016-01-01",
    texts=("minassa-default#arrondi",),
    unit="cents",
    status=Status.ASSUMED,
)
def twelvefold_net_income_period(net_taxable_income_period: Any) -> Any:
    """Twelve times the net taxable income of the period, in whole centimes: what yearly thresholds are compared with.

    The fraction left out here is taken up again in the tax: nothing is rounded before the end.
    """
    return divide(net_taxable_income_period, BASIS_POINTS, Direction.DOWN, "minassa-default#arrondi")
