from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.nation.income_tax import Withholding, contributions, withhold


def tax_of(year: int, income: int, social: int, days: int = 312, dependants: int = 0, other: int = 0) -> Withholding:
    columns = [np.array([value], np.int64) for value in (income, social, days, dependants, other)]
    return withhold(year, *columns[:4], other_deductions=columns[4])


def test_a_single_engineer_of_2025_by_hand() -> None:
    # 300,000 a year; social 3,225.60 + 6,780.00; expenses capped at 35,000; 37 % less 27,400 (law dossier, section 8).
    monthly = np.array([2_500_000], np.int64)
    assert int(contributions(monthly)[0]) * 12 == 1_000_560
    tax = tax_of(2025, 30_000_000, 1_000_560)
    assert tax.professional_expenses.tolist() == [3_500_000]
    assert tax.net_taxable.tolist() == [25_499_440]
    assert tax.income_tax.tolist() == [6_694_793]


def test_the_scale_of_2024_and_its_family_deduction() -> None:
    # 92,307.69 less 25 % and 9,230.77 of contributions is 60,000: 10 % of 20,000 + 20 % of 10,000 = 4,000; 360 each.
    single, family = (tax_of(2024, 9_230_769, 923_077, dependants=count) for count in (0, 2))
    assert single.net_taxable.tolist() == [6_000_000]
    assert single.income_tax.tolist() == [400_000]
    assert family.income_tax.tolist() == [328_000]


@pytest.mark.parametrize(
    ("income", "expenses"), [(7_800_000, 2_730_000), (7_800_100, 1_950_025), (14_100_000, 3_500_000)]
)
def test_professional_expenses_change_rate_at_78_000(income: int, expenses: int) -> None:
    assert tax_of(2025, income, 0).professional_expenses.tolist() == [expenses]


def test_at_most_six_dependants_count() -> None:
    assert tax_of(2025, 20_000_000, 0, dependants=9).income_tax == tax_of(2025, 20_000_000, 0, dependants=6).income_tax


def test_nobody_is_paid_back() -> None:
    assert tax_of(2025, 4_500_000, 300_000, dependants=6).income_tax.tolist() == [0]


def test_half_a_year_at_the_same_pay_is_half_the_tax() -> None:
    whole, half = tax_of(2025, 24_000_000, 600_000), tax_of(2025, 12_000_000, 300_000, days=156)
    assert abs(int(whole.income_tax[0]) - 2 * int(half.income_tax[0])) <= 2


def test_contributions_are_capped_at_6_000_a_month_but_for_health() -> None:
    assert contributions(np.array([600_000, 1_000_000], np.int64)).tolist() == [40_440, 49_480]


@given(st.integers(0, 10**9), st.integers(1, 10**7), st.sampled_from([2024, 2025, 2030]), st.integers(1, 312))
def test_more_income_never_means_less_tax_nor_more_tax_than_income(
    income: int, more: int, year: int, days: int
) -> None:
    low, high = tax_of(year, income, 0, days), tax_of(year, income + more, 0, days)
    assert high.income_tax[0] >= low.income_tax[0]
    assert 0 <= high.income_tax[0] <= income + more
