"""The amount of the AIR: the income tax above the cap, for the months that count, to the extent of exports."""

from __future__ import annotations

from typing import Any

from minassa.engine import amount, positive, rule, where
from minassa.offer.centimes import ROUNDING, at_rate, nearest
from minassa.vocabulary.statuses import Status


@rule(
    grain="employee_period",
    starts="2016-01-01",
    ends="2030-12-31",
    texts=("circulaire-5-2016", "circulaire-8-2022", "circulaire-2025#annexe-3", ROUNDING),
    unit="cents",
    status=Status.PRESS,
)
def air_cap_period(gross_taxable_income_period: Any, air_cap_rate: Any) -> Any:
    """Income tax that stays a burden: the capped share of the gross taxable income of the period, in centimes."""
    return at_rate(air_cap_rate, gross_taxable_income_period)


@rule(
    grain="employee_period",
    starts="2016-01-01",
    ends="2030-12-31",
    texts=("circulaire-5-2016", "circulaire-8-2022", "circulaire-2025#annexe-3"),
    unit="cents",
    status=Status.PRESS,
)
def income_tax_above_cap(income_tax_counted: Any, air_cap_period: Any) -> Any:
    """Income tax of the period beyond the cap, in centimes.

    The State contributes so that the burden does not exceed the cap (press); the withholding itself is unchanged.
    """
    return positive(income_tax_counted - air_cap_period)


@rule(
    grain="employee_period",
    starts="2016-01-01",
    ends="2030-12-31",
    texts=("minassa-default#cumul", ROUNDING),
    unit="cents",
    status=Status.ASSUMED,
)
def air_before_export_share(income_tax_above_cap: Any, air_months_period: Any, taxed_months_period: Any) -> Any:
    """Income tax above the cap for the months that count, before the pro rata to exports, in centimes."""
    return nearest(income_tax_above_cap * air_months_period, taxed_months_period)


@amount(
    measure="air",
    grain="employee_period",
    starts="2016-01-01",
    ends="2020-12-31",
    texts=("circulaire-5-2016",),
    status=Status.PRESS,
)
@amount(
    measure="air",
    grain="employee_period",
    starts="2021-01-01",
    ends="2021-12-31",
    texts=("circulaire-22-2020",),
    status=Status.PRESS,
)
@amount(
    measure="air",
    grain="employee_period",
    starts="2022-01-01",
    ends="2025-06-30",
    texts=("circulaire-8-2022",),
    status=Status.PRESS,
)
@amount(
    measure="air",
    grain="employee_period",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=("circulaire-2025#annexe-3",),
    status=Status.PRESS,
)
def air_amount(air_entitled: Any, air_before_export_share: Any, export_share: Any, air_prorated_to_export: bool) -> Any:
    """State contribution to the income tax of one employee for the period, in centimes; 0 where not entitled.

    To the extent of turnover, exported as we read it (press, 2022): in proportion to the firm's export share.
    """
    if not air_prorated_to_export:
        return where(air_entitled, air_before_export_share, 0)
    return where(air_entitled, at_rate(export_share, air_before_export_share), 0)
