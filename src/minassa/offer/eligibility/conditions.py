"""What the firm must be and show, besides its exports."""

from __future__ import annotations

from typing import Any

from minassa.engine import condition, rule
from minassa.vocabulary.statuses import Status

DEFAULT = ("circulaire-2025", "minassa-default#eligibilite")


@condition(
    measure="eligibility",
    grain="firm_year",
    starts="2016-01-01",
    ends="2030-12-31",
    texts=("circulaire-5-2016", "circulaire-2025#annexe-1"),
    status=Status.PRESS,
    switch="eligibility_listed_activity_required",
)
def eligibility_listed_activity(listed_activity: Any) -> Any:
    """The firm's declared activity is one of the offshoring activities of annex 1 (an indicative list in 2025)."""
    return listed_activity


@condition(
    measure="eligibility",
    grain="firm_year",
    starts="2016-01-01",
    ends="2030-12-31",
    texts=("minassa-default#eligibilite",),
    status=Status.ASSUMED,
    switch="eligibility_accounts_required",
)
def eligibility_accounts_known(accounts_known: Any) -> Any:
    """The firm has filed accounts, of this fiscal year or an earlier one: its exports can be known."""
    return accounts_known


@condition(
    measure="eligibility",
    grain="firm_year",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=DEFAULT,
    status=Status.ASSUMED,
    switch="eligibility_tax_certificate_required",
)
def eligibility_tax_certificate(tax_certificate_age_months: Any, certificate_age_max: Any) -> Any:
    """The firm's last tax certificate is recent enough at the end of the fiscal year."""
    return tax_certificate_age_months <= certificate_age_max


@condition(
    measure="eligibility",
    grain="firm_year",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=DEFAULT,
    status=Status.ASSUMED,
    switch="eligibility_social_certificate_required",
)
def eligibility_social_certificate(social_certificate_age_months: Any, certificate_age_max: Any) -> Any:
    """The firm's last CNSS certificate is recent enough at the end of the fiscal year."""
    return social_certificate_age_months <= certificate_age_max


@rule(
    grain=("employee_period", "firm_year"),
    starts="2016-01-01",
    ends="2030-12-31",
    texts=("minassa-default#transition",),
    unit="boolean",
    status=Status.ASSUMED,
)
def regime_joined(convention_regime: Any, latest_circular: Any) -> Any:
    """The firm joined under a circular that was already issued for the period.

    Firms of the former regimes keep their claims for periods before July 2025 and come under the new one after; a
    firm that joined in 2025 claims nothing for earlier periods. Part IV of the circular of 2025 was not read.
    """
    return convention_regime <= latest_circular
