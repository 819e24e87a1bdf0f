"""The conditions of the AIR, one per requirement; that on other aids stands in `cumulation`."""

from __future__ import annotations

from typing import Any

from minassa.engine import condition
from minassa.vocabulary.statuses import Status

CIRCULARS = ("circulaire-5-2016", "circulaire-8-2022", "circulaire-2025#annexe-3")


@condition(
    measure="air",
    grain="employee_period",
    starts="2016-01-01",
    ends="2030-12-31",
    texts=CIRCULARS,
    status=Status.PRESS,
)
def air_firm_eligible(eligibility_entitled: Any) -> Any:
    """The firm is eligible for the fiscal year that closes in the year of the period (see `eligibility`)."""
    return eligibility_entitled


@condition(
    measure="air",
    grain="employee_period",
    starts="2016-01-01",
    ends="2030-12-31",
    texts=("minassa-default#transition",),
    status=Status.ASSUMED,
)
def air_regime_joined(regime_joined: Any) -> Any:
    """The firm joined under a circular already issued for the period: former regimes before July 2025."""
    return regime_joined


@condition(
    measure="air",
    grain="employee_period",
    starts="2016-01-01",
    ends="2030-12-31",
    texts=("minassa-default#registre",),
    status=Status.ASSUMED,
    switch="air_register_required",
)
def air_in_register(in_register: Any) -> Any:
    """The person stands in the firm's staff register, which tells post and place of work. Our default."""
    return in_register


@condition(
    measure="air",
    grain="employee_period",
    starts="2016-01-01",
    ends="2030-12-31",
    texts=CIRCULARS,
    status=Status.INFERRED,
)
def air_offshoring_post(filiere: Any) -> Any:
    """The post belongs to one of the five filières. Follows from the scope of the offer; not read for each person."""
    return filiere > 0


@condition(
    measure="air",
    grain="employee_period",
    starts="2016-01-01",
    ends="2030-12-31",
    texts=CIRCULARS,
    status=Status.PRESS,
)
def air_tax_above_cap(income_tax_above_cap: Any) -> Any:
    """The income tax that counts exceeds the cap of the place of work."""
    return income_tax_above_cap > 0
