"""The amount of the AIS: a ceiling on the burden until June 2025, a share of the tax since."""

from __future__ import annotations

from typing import Any

from minassa.engine import amount, positive, rule, where
from minassa.offer.centimes import ROUNDING, at_rate, nearest
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.statuses import Status


@rule(
    grain="firm_year",
    starts="2016-01-01",
    ends="2025-06-30",
    texts=("circulaire-5-2016", ROUNDING),
    unit="cents",
    status=Status.INFERRED,
)
def corporate_tax_above_ceiling(corporate_tax_year: Any, taxable_profit_year: Any, ais_ceiling_rate: Any) -> Any:
    """Corporate tax of the fiscal year beyond the ceiling rate on the taxable profit, in centimes.

    Former regimes: the burden on exports made in foreign currency does not exceed the ceiling.
    """
    excess = positive(BASIS_POINTS * corporate_tax_year - ais_ceiling_rate * taxable_profit_year)
    return nearest(excess, BASIS_POINTS)


@rule(
    grain="firm_year",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=("circulaire-5-2016", "circulaire-2025#annexe-4", ROUNDING),
    unit="cents",
    status=Status.INFERRED,
)
def corporate_tax_on_export(corporate_tax_year: Any, export_share: Any) -> Any:
    """Corporate tax that falls on turnover exported in foreign currency, in centimes.

    The base of 2016, taken to be kept: local turnover stays under common law.
    """
    return at_rate(export_share, corporate_tax_year)


@amount(
    name="ais_amount",
    measure="ais",
    grain="firm_year",
    starts="2016-01-01",
    ends="2020-12-31",
    texts=("circulaire-5-2016",),
    status=Status.OFFICIAL,
)
@amount(
    name="ais_amount",
    measure="ais",
    grain="firm_year",
    starts="2021-01-01",
    ends="2021-12-31",
    texts=("circulaire-22-2020",),
    status=Status.PRESS,
)
@amount(
    name="ais_amount",
    measure="ais",
    grain="firm_year",
    starts="2022-01-01",
    ends="2025-06-30",
    texts=("circulaire-8-2022",),
    status=Status.ASSUMED,
)
def ais_amount_above_ceiling(ais_entitled: Any, corporate_tax_above_ceiling: Any, export_share: Any) -> Any:
    """State contribution to the corporate tax of the fiscal year, in centimes: what exceeds the ceiling, on exports.

    The profit on exports is taken in proportion to turnover, so both terms carry the same export share.
    """
    return where(ais_entitled, at_rate(export_share, corporate_tax_above_ceiling), 0)


@amount(
    measure="ais",
    grain="firm_year",
    starts="2025-07-01",
    ends="2030-12-31",
    texts=("circulaire-2025#annexe-4",),
    status=Status.PRESS,
)
def ais_amount(ais_entitled: Any, corporate_tax_on_export: Any, ais_covered_rate: Any) -> Any:
    """State contribution to the corporate tax of the fiscal year, in centimes: a share of the tax on exports.

    For fiscal years that close since July 2025, in full (flagged for decision); at any rate of tax.
    """
    return where(ais_entitled, at_rate(ais_covered_rate, corporate_tax_on_export), 0)
