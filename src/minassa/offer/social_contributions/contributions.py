"""The employee's share of social contributions."""

from __future__ import annotations

from typing import Any

from minassa.engine import rule
from minassa.offer.precision import EXACT, MONTHS
from minassa.vocabulary.statuses import Status


@rule(
    grain="employee_period",
    starts="2016-01-01",
    texts=("cnss-taux",),
    unit=EXACT,
    status=Status.PRESS,
)
def social_contributions_period(
    capped_salary_period: Any,
    gross_taxable_income_period: Any,
    cnss_short_term_employee_rate: Any,
    cnss_long_term_employee_rate: Any,
    amo_employee_rate: Any,
) -> Any:
    """Employee's social contributions of the period, before any rounding, in 120,000ths of a centime.

    CNSS (short and long term) bears on the salary capped each month, AMO on the whole income. Text: rates of CNSS.
    """
    capped_rate = cnss_short_term_employee_rate + cnss_long_term_employee_rate
    return MONTHS * (capped_rate * capped_salary_period + amo_employee_rate * gross_taxable_income_period)
