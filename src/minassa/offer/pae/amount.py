"""The amount of the PAE, and what it will be for those still on their way to the stay required."""

from __future__ import annotations

from typing import Any

from minassa.engine import all_of, amount, maximum, minimum, negate, rule, where
from minassa.offer.centimes import at_rate, nearest
from minassa.offer.pae.conditions import REFERENCE_MONTHS
from minassa.vocabulary.statuses import Status


def premium(income: Any, rate: int, ceiling: int) -> Any:
    """The rate of an income in centimes, under the ceiling when there is one (0: none)."""
    share = at_rate(rate, income)
    return minimum(share, ceiling) if ceiling else share


@amount(
    measure="pae",
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=("circulaire-2025#annexe-5",),
    status=Status.PRESS,
)
def pae_amount(pae_entitled: Any, gross_taxable_income_first_12_months: Any, pae_rate: int, pae_ceiling: int) -> Any:
    """Premium for one new job, paid once, in centimes: a share of the income of its first 12 months; else 0."""
    return where(pae_entitled, premium(gross_taxable_income_first_12_months, pae_rate, pae_ceiling), 0)


@rule(
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=("minassa-default#prevision",),
    unit="cents",
    status=Status.ASSUMED,
)
def pae_expected_reference(
    gross_taxable_income_first_12_months: Any, reference_months_known: Any, pae_reference_complete: Any
) -> Any:
    """Income of the first 12 months in post, in centimes: known, or as it will be at the pace of the months known."""
    income = gross_taxable_income_first_12_months
    at_pace = nearest(REFERENCE_MONTHS * income, maximum(reference_months_known, 1))
    return where(pae_reference_complete, income, at_pace)


@rule(
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=("minassa-default#prevision",),
    unit="boolean",
    status=Status.ASSUMED,
)
def pae_stay_possible(left: Any, pae_stay_reached: Any) -> Any:
    """The stay required is reached, or may still be: the person has not left."""
    return negate(left) | pae_stay_reached


@rule(
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=("minassa-default#prevision",),
    unit="boolean",
    status=Status.ASSUMED,
)
def pae_job_acceptable(
    pae_firm_eligible: Any,
    pae_in_register: Any,
    pae_register_required: bool,
    pae_offshoring_post: Any,
    pae_moroccan: Any,
    pae_moroccan_required: bool,
    pae_open_ended_contract: Any,
    pae_open_ended_contract_required: bool,
    pae_no_other_aid: Any,
    pae_excludes_aided_jobs: bool,
) -> Any:
    """The firm, the person and the contract meet the conditions in force, whatever time still has to pass."""
    switched = (
        (pae_in_register, pae_register_required),
        (pae_moroccan, pae_moroccan_required),
        (pae_open_ended_contract, pae_open_ended_contract_required),
        (pae_no_other_aid, pae_excludes_aided_jobs),
    )
    return all_of(pae_firm_eligible, pae_offshoring_post, *(held for held, required in switched if required))


@rule(
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=("minassa-default#prevision",),
    unit="boolean",
    status=Status.ASSUMED,
)
def pae_job_new(
    pae_not_transferred: Any,
    pae_transfers_excluded: bool,
    pae_not_rehired: Any,
    pae_rehires_excluded: bool,
    pae_no_replacement: Any,
    pae_replacements_excluded: bool,
    pae_net_creation: Any,
    pae_net_creation_required: bool,
    pae_skills_rising: Any,
    pae_skills_rising_required: bool,
    pae_value_added_rising: Any,
    pae_value_added_rising_required: bool,
) -> Any:
    """The job is new, net and of quality so far as the conditions in force require it."""
    switched = (
        (pae_not_transferred, pae_transfers_excluded),
        (pae_not_rehired, pae_rehires_excluded),
        (pae_no_replacement, pae_replacements_excluded),
        (pae_net_creation, pae_net_creation_required),
        (pae_skills_rising, pae_skills_rising_required),
        (pae_value_added_rising, pae_value_added_rising_required),
    )
    return all_of(*(held for held, required in switched if required))


@rule(
    grain="hire",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=("circulaire-2025#annexe-5", "minassa-default#prevision"),
    unit="cents",
    status=Status.ASSUMED,
)
def pae_amount_expected(
    pae_job_acceptable: Any,
    pae_job_new: Any,
    pae_stay_possible: Any,
    pae_expected_reference: Any,
    pae_rate: int,
    pae_ceiling: int,
) -> Any:
    """Premium that will be due if the person stays and nothing else changes, in centimes; a forecast, never a right.

    Equal to the premium itself once the stay is reached and the reference income known.
    """
    expected = all_of(pae_job_acceptable, pae_job_new, pae_stay_possible)
    return where(expected, premium(pae_expected_reference, pae_rate, pae_ceiling), 0)
