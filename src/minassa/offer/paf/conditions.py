"""The conditions of the PAF, one per requirement; that on other aids stands in `cumulation`."""

from __future__ import annotations

from typing import Any

from minassa.engine import condition, negate
from minassa.vocabulary.statuses import Status

TEXTS = ("circulaire-2025#annexe-6",)
NEW = ("circulaire-2025#annexe-6", "minassa-default#emploi-nouveau")


@condition(
    measure="paf",
    grain="employee_period",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=TEXTS,
    status=Status.PRESS,
)
def paf_firm_eligible(eligibility_entitled: Any) -> Any:
    """The firm is eligible for the fiscal year that closes in the year of the period (see `eligibility`)."""
    return eligibility_entitled


@condition(
    measure="paf",
    grain="employee_period",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=("minassa-default#registre",),
    status=Status.ASSUMED,
    switch="paf_register_required",
)
def paf_in_register(in_register: Any) -> Any:
    """The person stands in the firm's staff register, which tells nationality and post. Our default."""
    return in_register


@condition(
    measure="paf",
    grain="employee_period",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=TEXTS,
    status=Status.INFERRED,
)
def paf_offshoring_post(filiere: Any) -> Any:
    """The post belongs to one of the five filières. Follows from the scope of the offer."""
    return filiere > 0


@condition(
    measure="paf",
    grain="employee_period",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=TEXTS,
    status=Status.PRESS,
    switch="paf_moroccan_required",
)
def paf_moroccan(moroccan: Any) -> Any:
    """The recruit is of Moroccan nationality."""
    return moroccan


@condition(
    measure="paf",
    grain="employee_period",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=TEXTS,
    status=Status.INFERRED,
)
def paf_new_recruit(hired_month: Any, paf_first_hiring_month: Any) -> Any:
    """The person was hired since the offer is in force: "each new recruit"."""
    return hired_month >= paf_first_hiring_month


@condition(
    measure="paf",
    grain="employee_period",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=NEW,
    status=Status.ASSUMED,
    switch="paf_transfers_excluded",
)
def paf_not_transferred(transferred: Any) -> Any:
    """The recruit is new: the person does not come from a related firm."""
    return negate(transferred)


@condition(
    measure="paf",
    grain="employee_period",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=NEW,
    status=Status.ASSUMED,
    switch="paf_rehires_excluded",
)
def paf_not_rehired(rehired: Any) -> Any:
    """The recruit is new: the person had not worked for the firm in the two years before."""
    return negate(rehired)


@condition(
    measure="paf",
    grain="employee_period",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=TEXTS,
    status=Status.PRESS,
)
def paf_within_window(paf_window_left: Any) -> Any:
    """The period starts within the first years in post that the premium covers."""
    return paf_window_left > 0
