"""The conditions of the AIS, one per requirement."""

from __future__ import annotations

from typing import Any

from minassa.engine import condition
from minassa.vocabulary.statuses import Status


@condition(
    measure="ais",
    grain="firm_year",
    starts="2016-01-01",
    ends="2020-12-31",
    texts=("circulaire-5-2016",),
    status=Status.OFFICIAL,
)
@condition(
    measure="ais",
    grain="firm_year",
    starts="2021-01-01",
    ends="2030-12-31",
    texts=("circulaire-22-2020", "circulaire-8-2022", "circulaire-2025#annexe-4"),
    status=Status.PRESS,
)
def ais_firm_eligible(eligibility_entitled: Any) -> Any:
    """The firm is eligible for the fiscal year (see `eligibility`)."""
    return eligibility_entitled


@condition(
    measure="ais",
    grain="firm_year",
    starts="2016-01-01",
    ends="2030-12-31",
    texts=("minassa-default#transition",),
    status=Status.ASSUMED,
)
def ais_regime_joined(regime_joined: Any) -> Any:
    """The firm joined under a circular already issued when the year closed: former regimes before July 2025."""
    return regime_joined


@condition(
    measure="ais",
    grain="firm_year",
    starts="2016-01-01",
    ends="2030-12-31",
    texts=("minassa-default#comptes",),
    status=Status.ASSUMED,
)
def ais_accounts_filed(accounts_filed: Any) -> Any:
    """The accounts of this very fiscal year are filed: without them the tax is not known."""
    return accounts_filed


@condition(
    measure="ais",
    grain="firm_year",
    starts="2016-01-01",
    ends="2030-12-31",
    texts=("circulaire-5-2016", "cgi-art-6", "circulaire-2025#annexe-4"),
    status=Status.INFERRED,
)
def ais_after_exemption(operation_year: Any, exempt_years: Any) -> Any:
    """The exempt fiscal years of article 6 of the tax code are over: before, there is no tax to bear."""
    return operation_year > exempt_years


@condition(
    measure="ais",
    grain="firm_year",
    starts="2016-01-01",
    ends="2020-12-31",
    texts=("circulaire-5-2016",),
    status=Status.OFFICIAL,
)
@condition(
    measure="ais",
    grain="firm_year",
    starts="2021-01-01",
    ends="2021-12-31",
    texts=("circulaire-22-2020",),
    status=Status.PRESS,
)
@condition(
    measure="ais",
    grain="firm_year",
    starts="2022-01-01",
    ends="2025-06-30",
    texts=("circulaire-8-2022",),
    status=Status.ASSUMED,
)
def ais_tax_above_ceiling(corporate_tax_above_ceiling: Any) -> Any:
    """The corporate tax exceeds the ceiling rate on the profit (former regimes)."""
    return corporate_tax_above_ceiling > 0


@condition(
    measure="ais",
    grain="firm_year",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=("circulaire-2025#annexe-4",),
    status=Status.PRESS,
)
def ais_tax_due(corporate_tax_year: Any) -> Any:
    """Corporate tax is due for the fiscal year."""
    return corporate_tax_year > 0
