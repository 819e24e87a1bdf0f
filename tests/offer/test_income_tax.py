from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.offer.income_tax.tax import sums_to_deduct
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import parse_month
from tests.offer import reference
from tests.offer.rows import employee_period, evaluated, frame, of_employee

LARGEST_SALARY = 1_000_000_000
months = st.integers(1, 12)
salaries = st.integers(0, LARGEST_SALARY)
years = st.sampled_from([2016, 2020, 2022, 2023, 2024, 2025, 2026, 2030])


def period(salary: int, worked: int, year: int = 2026, **changes: object) -> dict[str, Any]:
    return employee_period(
        year=year,
        period_start=parse_month(f"{year}-01"),
        months_worked_period=worked,
        gross_taxable_income_period=salary * worked,
        capped_salary_period=min(salary, 600_000) * worked,
        **changes,
    )


def by_fractions(row: dict[str, Any]) -> int:
    income, capped = row["gross_taxable_income_period"], row["capped_salary_period"]
    other = Fraction(row["other_deductions_period"], 100)
    worked, year = row["months_worked_period"], row["year"]
    tax = reference.income_tax(Fraction(income, 100), Fraction(capped, 100), worked, year, other, row["dependants"])
    return reference.to_centime(tax)


@given(salaries, months, years, st.integers(0, 8), st.integers(0, 10**9))
def test_the_tax_is_that_of_the_second_calculator(
    salary: int, worked: int, year: int, dependants: int, other: int
) -> None:
    row = period(salary, worked, year, dependants=dependants, other_deductions_period=other)
    assert of_employee("income_tax_due", row) == by_fractions(row)


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 5_000_000), months, years, st.integers(0, 7)), min_size=1, max_size=40))
def test_a_column_gives_what_the_second_calculator_gives(people: list[tuple[int, int, int, int]]) -> None:
    rows = [period(salary, worked, year, dependants=family) for salary, worked, year, family in people]
    result = evaluated("employee_period", frame(rows), ["income_tax_due"])
    assert result["income_tax_due"].to_list() == [by_fractions(row) for row in rows]


@given(st.integers(1, 10_000_000), st.integers(1, 5_000), months, years)
def test_more_income_never_means_less_tax(salary: int, more: int, worked: int, year: int) -> None:
    lower, higher = (of_employee("income_tax_due", period(pay, worked, year)) for pay in (salary, salary + more))
    assert lower <= higher


@given(st.integers(0, 30_000_000), st.sampled_from([2024, 2026]))
def test_the_scale_has_no_step(net: int, year: int) -> None:
    """A centime more of net income costs less than a centime of tax: the tax is continuous in net income."""
    row = period(5_000_000, 12, year)
    taken = row["gross_taxable_income_period"] - net
    less, more = (of_employee("income_tax_due", row | {"other_deductions_period": taken - extra}) for extra in (0, 1))
    assert 0 <= more - less <= 1


@given(st.integers(0, 20_000_000), st.integers(0, 7), years)
def test_twelve_equal_months_make_the_year(salary: int, dependants: int, year: int) -> None:
    monthly = of_employee("income_tax_due", period(salary, 1, year, dependants=dependants))
    yearly = of_employee("income_tax_due", period(salary, 12, year, dependants=dependants))
    assert abs(12 * monthly - yearly) <= 6


@pytest.mark.parametrize(("net", "tax"), [(333_333, 0), (500_000, 16_667), (666_667, 50_000), (833_333, 100_000)])
def test_a_month_follows_the_monthly_table(net: int, tax: int) -> None:
    """Monthly table (law): 10 % less 333.33, 20 % less 833.33, 30 % less 1,500, from 3,333.33, 5,000 and 6,666.67."""
    row = period(2_000_000, 1)
    whole = of_employee("net_taxable_income_period", row) // 120_000
    due = of_employee("income_tax_due", row | {"other_deductions_period": whole - net})
    assert abs(due - tax) <= 1, "the published table is itself rounded to the centime"


def test_five_thousand_of_net_in_a_month_is_taxed_166_67() -> None:
    row = period(730_000, 1, other_deductions_period=4_122)
    assert of_employee("net_taxable_income_period", row) == 500_000 * 120_000
    assert of_employee("income_tax_due", row) == 16_667


def test_the_sums_to_deduct_are_those_of_the_published_tables() -> None:
    scale = load_offer().figures["income_tax_scale"]
    former, present = (sums_to_deduct(value.value) for value in scale.values)  # type: ignore[arg-type]
    assert [amount // 1_000_000 for amount in former] == [0, 3_000, 8_000, 14_000, 17_200, 24_400]
    assert [amount // 1_000_000 for amount in present] == [0, 4_000, 10_000, 18_000, 22_000, 27_400]


def test_the_deduction_for_expenses_steps_down_above_78_000() -> None:
    at, above = (
        employee_period(gross_taxable_income_period=g, capped_salary_period=7_200_000) for g in (7_800_000, 7_800_001)
    )
    assert of_employee("professional_expenses_period", at) == 2_730_000 * 120_000
    assert of_employee("professional_expenses_period", above) == 12 * 2_500 * 7_800_001


def test_a_late_bonus_without_a_month_worked_is_taxed_as_one_month() -> None:
    row = employee_period(months_worked_period=0, gross_taxable_income_period=500_000, capped_salary_period=500_000)
    assert of_employee("income_tax_due", row) == of_employee("income_tax_due", row | {"months_worked_period": 1})


def test_deductions_above_the_income_leave_no_tax() -> None:
    assert of_employee("income_tax_due", period(1_000_000, 12, other_deductions_period=10**10)) == 0


@pytest.mark.parametrize(
    ("filed", "withheld", "counted"),
    [(True, 6_500_000, 6_500_000), (True, 7_000_000, 6_694_793), (False, 0, 6_694_793)],
)
def test_no_more_tax_counts_than_was_borne(filed: bool, withheld: int, counted: int) -> None:
    row = employee_period(tax_statement_filed=filed, income_tax_withheld_period=withheld)
    assert of_employee("income_tax_counted", row) == counted
