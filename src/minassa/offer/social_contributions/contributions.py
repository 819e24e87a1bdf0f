"""The employee's share of social contributions."""

from __future__ import annotations

from typing import Any

from minassa.engine import rule
from minassa.offer.centimes import ROUNDING, nearest
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.statuses import Status


@rule(
    grain="employee_period",
    starts="2016-01-01",
    texts=("cnss-taux", ROUNDING),
    unit="cents",
    status=Status.PRESS,
)
def social_contributions_period(
    capped_salary_period: Any,
    gross_taxable_income_period: Any,
    cnss_short_term_employee_rate: Any,
    cnss_long_term_employee_rate: Any,
    amo_employee_rate: Any,
) -> Any:
    """Employee's social contributions of the period, in centimes.

    CNSS (short and long term) bears on the salary capped each month, AMO on the whole income. Text: rates of CNSS.
    """
    cnss = (cnss_short_term_employee_rate + cnss_long_term_employee_rate) * capped_salary_period
    amo = amo_employee_rate * gross_taxable_income_period
    return nearest(cnss + amo, BASIS_POINTS)
