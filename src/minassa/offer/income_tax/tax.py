"""The scale, the family deduction, the tax due and the tax that counts."""

from __future__ import annotations

from typing import Any

from minassa.engine import Brackets, minimum, positive, progressive, rule, where
from minassa.offer.centimes import ROUNDING, for_months, nearest
from minassa.vocabulary.periods import MONTHS_A_YEAR
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.statuses import Status

SCALE = ("cgi-art-73", "cgi-art-73-2010")


@rule(
    grain="employee_period",
    starts="2016-01-01",
    texts=(*SCALE, ROUNDING),
    unit="cents",
    status=Status.PRESS,
)
def income_tax_before_family_period(
    net_taxable_income_period: Any, taxed_months_period: Any, income_tax_scale: Brackets
) -> Any:
    """Income tax of the period by the scale alone, in centimes. CGI, article 73.

    Each rate bears on what lies between its threshold and the next; yearly thresholds are shared by the months.
    """
    taxed = progressive(net_taxable_income_period, income_tax_scale, taxed_months_period, MONTHS_A_YEAR)
    return nearest(taxed, MONTHS_A_YEAR * BASIS_POINTS)


@rule(
    grain="employee_period",
    starts="2016-01-01",
    texts=("cgi-art-74", ROUNDING),
    unit="cents",
    status=Status.PRESS,
)
def family_deduction_period(
    dependants: Any, taxed_months_period: Any, family_deduction: Any, family_deduction_dependants_max: Any
) -> Any:
    """Deduction from the tax for dependants, in centimes: a yearly sum for each, shared by the months. CGI, 74."""
    return for_months(family_deduction * minimum(dependants, family_deduction_dependants_max), taxed_months_period)


@rule(
    grain="employee_period",
    starts="2016-01-01",
    texts=(*SCALE, "cgi-art-74"),
    unit="cents",
    status=Status.PRESS,
)
def income_tax_due(income_tax_before_family_period: Any, family_deduction_period: Any) -> Any:
    """Income tax of the period, in centimes: by the scale, less the family deduction. CGI, articles 73 and 74."""
    return positive(income_tax_before_family_period - family_deduction_period)


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
    return minimum(income_tax_due, where(tax_statement_filed, income_tax_withheld_period, income_tax_due))
