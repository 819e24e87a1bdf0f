from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.vocabulary.periods import parse_month
from tests.offer.rows import firm_year, of_firm_year

JUNE_2025, JULY_2025 = parse_month("2025-06"), parse_month("2025-07")


def test_56_percent_of_the_tax_on_exports() -> None:
    assert of_firm_year("ais_amount", firm_year()) == 11_200_000
    assert of_firm_year("ais_amount", firm_year(export_turnover_year=80_000_000)) == 8_960_000


@pytest.mark.parametrize(
    ("changes", "failing"),
    [
        ({"listed_activity": False}, "ais_firm_eligible"),
        ({"accounts_filed": False}, "ais_accounts_filed"),
        ({"operation_year": 5}, "ais_after_exemption"),
        ({"corporate_tax_year": 0}, "ais_tax_due"),
        ({"closing_month": JUNE_2025, "convention_regime": 2025}, "ais_regime_joined"),
        (
            {"closing_month": JUNE_2025, "convention_regime": 2016, "corporate_tax_year": 8_750_000},
            "ais_tax_above_ceiling",
        ),
    ],
)
def test_each_condition_can_refuse_alone(changes: dict[str, object], failing: str) -> None:
    row = firm_year(**changes)
    assert of_firm_year(failing, row) is False
    assert of_firm_year("ais_amount", row) == 0


def test_the_exemption_ends_with_the_fifth_year() -> None:
    assert of_firm_year("ais_after_exemption", firm_year(operation_year=6)) is True


def test_the_day_of_closing_decides_the_regime() -> None:
    old, new = (firm_year(closing_month=month, convention_regime=2022) for month in (JUNE_2025, JULY_2025))
    assert of_firm_year("ais_amount", old) == 11_250_000
    assert of_firm_year("ais_amount", new) == 11_200_000


@given(st.integers(0, 9 * 10**11), st.integers(0, 10**10), st.sampled_from([JUNE_2025, JULY_2025]))
def test_the_amount_lies_between_nothing_and_the_tax(tax: int, exported: int, month: int) -> None:
    row = firm_year(
        corporate_tax_year=tax,
        export_turnover_year=exported,
        turnover_year=10**10,
        activity_year=1,
        closing_month=month,
        convention_regime=2022,
    )
    assert 0 <= of_firm_year("ais_amount", row) <= tax
