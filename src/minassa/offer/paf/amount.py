"""The amount of the PAF: a share of the income of the months that lie within the first years in post."""

from __future__ import annotations

from typing import Any

from minassa.engine import amount, positive, rule, where
from minassa.offer.centimes import nearest
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.statuses import Status


@rule(
    grain="employee_period",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=("circulaire-2025#annexe-6",),
    unit="months",
    status=Status.PRESS,
)
def paf_window_left(tenure_months_at_start: Any, paf_window_months: Any) -> Any:
    """Months of the premium's window that remain when the period starts."""
    return positive(paf_window_months - tenure_months_at_start)


@amount(
    measure="paf",
    grain="employee_period",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=("circulaire-2025#annexe-6",),
    status=Status.PRESS,
)
def paf_amount(
    paf_entitled: Any,
    gross_taxable_income_period: Any,
    paf_months_period: Any,
    taxed_months_period: Any,
    paf_rate: int,
) -> Any:
    """Premium for training of one recruit for the period, in centimes; 0 where not entitled.

    A share of the income of the period, in proportion to its months that count; each month weighs the same.
    """
    whole = paf_rate * gross_taxable_income_period * paf_months_period
    return where(paf_entitled, nearest(whole, BASIS_POINTS * taxed_months_period), 0)
