"""Months of a period that no other public aid bears on."""

from __future__ import annotations

from typing import Any

from minassa.engine import minimum, positive, rule
from minassa.vocabulary.statuses import Status

DEFAULT = ("minassa-default#cumul",)


@rule(
    grain="employee_period",
    starts="2016-01-01",
    ends="2030-12-31",
    texts=DEFAULT,
    unit="months",
    status=Status.ASSUMED,
)
def unaided_months_period(taxed_months_period: Any, other_aid_months_period: Any) -> Any:
    """Months of the period during which no other public aid bears on the salary. No text on cumulation was read."""
    return positive(taxed_months_period - other_aid_months_period)


@rule(
    grain="employee_period",
    starts="2016-01-01",
    ends="2030-12-31",
    texts=DEFAULT,
    unit="months",
    status=Status.ASSUMED,
)
def air_months_period(taxed_months_period: Any, unaided_months_period: Any, air_excludes_aided_months: bool) -> Any:
    """Months of the period for which the AIR is due: those without another aid, unless the two may be cumulated."""
    return unaided_months_period if air_excludes_aided_months else taxed_months_period


@rule(
    grain="employee_period",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=DEFAULT,
    unit="months",
    status=Status.ASSUMED,
)
def paf_months_period(
    taxed_months_period: Any,
    paf_window_left: Any,
    other_aid_months_period: Any,
    paf_excludes_aided_months: bool,
) -> Any:
    """Months of the period for which the PAF is due: within the first years in post, less those with another aid."""
    within = minimum(paf_window_left, taxed_months_period)
    return positive(within - other_aid_months_period) if paf_excludes_aided_months else within
