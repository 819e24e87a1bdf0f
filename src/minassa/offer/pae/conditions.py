"""The conditions of the PAE that were read in the press, or that we assume; that on other aids is in `cumulation`."""

from __future__ import annotations

from typing import Any

from minassa.engine import condition, negate
from minassa.vocabulary.statuses import Status

TEXTS = ("circulaire-2025#annexe-5",)
REFERENCE_MONTHS = 12
"""The reference income is that of the first 12 months in post: so is the column made."""


@condition(
    measure="pae",
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=TEXTS,
    status=Status.PRESS,
)
def pae_firm_eligible(eligibility_entitled: Any) -> Any:
    """The firm is eligible for the fiscal year that closes in the year of hiring (see `eligibility`)."""
    return eligibility_entitled


@condition(
    measure="pae",
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=("minassa-default#registre",),
    status=Status.ASSUMED,
    switch="pae_register_required",
)
def pae_in_register(in_register: Any) -> Any:
    """The person stands in the firm's staff register, which tells contract and nationality. Our default."""
    return in_register


@condition(
    measure="pae",
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=TEXTS,
    status=Status.INFERRED,
)
def pae_offshoring_post(filiere: Any) -> Any:
    """The post belongs to one of the five filières. Follows from the scope of the offer."""
    return filiere > 0


@condition(
    measure="pae",
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=TEXTS,
    status=Status.PRESS,
    switch="pae_moroccan_required",
)
def pae_moroccan(moroccan: Any) -> Any:
    """The recruit is Moroccan: "new Moroccan recruits", in one summary of both premiums."""
    return moroccan


@condition(
    measure="pae",
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=("circulaire-2025#annexe-5", "labour-code-cdd"),
    status=Status.ASSUMED,
    switch="pae_open_ended_contract_required",
)
def pae_open_ended_contract(open_ended_contract: Any) -> Any:
    """The contract has no limit of time. A fixed term cannot pass 12 months, so 18 months in post imply it."""
    return open_ended_contract


@condition(
    measure="pae",
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=TEXTS,
    status=Status.PRESS,
)
def pae_stay_reached(declared_months_in_post: Any, pae_stay_months: Any) -> Any:
    """The person has been in post, and declared at CNSS, for the least stay required."""
    return declared_months_in_post >= pae_stay_months


@condition(
    measure="pae",
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=("minassa-default#reference-pae",),
    status=Status.ASSUMED,
)
def pae_reference_complete(declared_months_in_post: Any) -> Any:
    """The first 12 months in post, whose income the premium rests on, are over; one without pay adds nothing."""
    return declared_months_in_post >= REFERENCE_MONTHS


@condition(
    measure="pae",
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=("circulaire-2025#annexe-5", "minassa-default#emploi-nouveau"),
    status=Status.ASSUMED,
    switch="pae_transfers_excluded",
)
def pae_not_transferred(transferred: Any) -> Any:
    """The job is new: the person does not come from a related firm."""
    return negate(transferred)


@condition(
    measure="pae",
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=("circulaire-2025#annexe-5", "minassa-default#emploi-nouveau"),
    status=Status.ASSUMED,
    switch="pae_rehires_excluded",
)
def pae_not_rehired(rehired: Any) -> Any:
    """The job is new: the person had not worked for the firm in the two years before."""
    return negate(rehired)
