"""For each measure, the condition that another public aid does not bear on the same salary."""

from __future__ import annotations

from typing import Any

from minassa.engine import condition
from minassa.vocabulary.statuses import Status

DEFAULT = ("minassa-default#cumul",)


@condition(
    measure="air",
    grain="employee_period",
    starts="2016-01-01",
    ends="2030-12-31",
    texts=DEFAULT,
    status=Status.ASSUMED,
    switch="air_excludes_aided_months",
)
def air_no_other_aid(unaided_months_period: Any) -> Any:
    """At least one month of the period bears no other public aid; those that bear one are left out of the amount."""
    return unaided_months_period > 0


@condition(
    measure="paf",
    grain="employee_period",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=DEFAULT,
    status=Status.ASSUMED,
    switch="paf_excludes_aided_months",
)
def paf_no_other_aid(unaided_months_period: Any) -> Any:
    """At least one month of the period bears no other public aid; those that bear one are left out of the amount."""
    return unaided_months_period > 0


@condition(
    measure="pae",
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=DEFAULT,
    status=Status.ASSUMED,
    switch="pae_excludes_aided_jobs",
)
def pae_no_other_aid(other_aid_months_reference: Any) -> Any:
    """No month of the first 18 in post bears another public aid: one job, one aid to hiring. Our default."""
    return other_aid_months_reference == 0
