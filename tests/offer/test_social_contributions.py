from __future__ import annotations

from fractions import Fraction

import pytest

from minassa.vocabulary.periods import parse_month
from tests.offer import reference
from tests.offer.rows import employee_period, of_employee


@pytest.mark.parametrize(
    ("income", "capped"),
    [(30_000_000, 7_200_000), (6_000_000, 6_000_000), (0, 0), (7, 7), (8, 8), (8_400_000, 6_600_000)],
)
def test_contributions_are_those_of_the_second_calculator(income: int, capped: int) -> None:
    row = employee_period(gross_taxable_income_period=income, capped_salary_period=capped)
    paid = reference.social(Fraction(income, 100), Fraction(capped, 100))
    assert of_employee("social_contributions_period", row) == 100 * paid


def test_the_engineer_of_the_worked_check_pays_10_005_60() -> None:
    assert of_employee("social_contributions_period", employee_period()) == 1_000_560


@pytest.mark.parametrize("year", [2016, 2017, 2024, 2025])
def test_rates_of_years_not_read_are_those_of_the_years_read(year: int) -> None:
    row = employee_period(year=year, period_start=parse_month(f"{year}-01"))
    assert of_employee("social_contributions_period", row) == 1_000_560
