from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.engine import Offer, explain, read_reform, reform
from minassa.offer.loading import codes, load_offer
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
    return int(100 * tax)


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
    """But for a centime: two deductions may each be rounded up where the income gains a centime."""
    lower, higher = (of_employee("income_tax_due", period(pay, worked, year)) for pay in (salary, salary + more))
    assert lower <= higher + 1


@given(st.integers(0, 30_000_000), st.sampled_from([2024, 2026]))
def test_the_scale_has_no_step(net: int, year: int) -> None:
    """A centime more of net income costs at most a centime of tax: the tax is continuous in net income."""
    row = period(5_000_000, 12, year)
    taken = row["gross_taxable_income_period"] - net
    less, more = (of_employee("income_tax_due", row | {"other_deductions_period": taken - extra}) for extra in (0, 1))
    assert 0 <= more - less <= 1


@given(st.integers(0, 20_000_000), st.integers(0, 7), years)
def test_twelve_equal_months_make_the_year(salary: int, dependants: int, year: int) -> None:
    """To the roundings of a month: two deductions, at most a centime of net income (38 % of it in tax), and two more.

    A month and a year being each rounded so, they differ by less than 13 × 1.38 centimes.
    """
    monthly = of_employee("income_tax_due", period(salary, 1, year, dependants=dependants))
    yearly = of_employee("income_tax_due", period(salary, 12, year, dependants=dependants))
    assert abs(12 * monthly - yearly) < 13 * 1.38


@pytest.mark.parametrize(("net", "tax"), [(333_333, 0), (500_000, 16_667), (666_667, 50_000), (833_333, 100_000)])
def test_a_month_follows_the_monthly_table(net: int, tax: int) -> None:
    """Monthly table (law): 10 % less 333.33, 20 % less 833.33, 30 % less 1,500, from 3,333.33, 5,000 and 6,666.67."""
    row = period(2_000_000, 1)
    whole = of_employee("net_taxable_income_period", row)
    due = of_employee("income_tax_due", row | {"other_deductions_period": whole - net})
    assert abs(due - tax) <= 1, "the published table is itself rounded to the centime"


def test_five_thousand_of_net_in_a_month_is_taxed_166_67() -> None:
    row = period(730_000, 1, other_deductions_period=4_122)
    assert of_employee("net_taxable_income_period", row) == 500_000
    assert of_employee("income_tax_due", row) == 16_667


@pytest.mark.parametrize(
    ("year", "sums"),
    [
        (2024, {4_000_000: (10, 3_000), 5_500_000: (20, 8_000), 7_000_000: (30, 14_000), 9_000_000: (34, 17_200)}),
        (2026, {5_000_000: (10, 4_000), 7_000_000: (20, 10_000), 9_000_000: (30, 18_000), 11_000_000: (34, 22_000)}),
        (2024, {20_000_000: (38, 24_400)}),
        (2026, {20_000_000: (37, 27_400)}),
    ],
)
def test_the_tax_is_rate_times_net_less_the_published_sum_to_deduct(
    year: int, sums: dict[int, tuple[int, int]]
) -> None:
    row = period(5_000_000, 12, year)
    taken = of_employee("net_taxable_income_period", row)
    for net, (rate, deducted) in sums.items():
        due = of_employee("income_tax_due", row | {"other_deductions_period": taken - net})
        assert due == rate * net // 100 - 100 * deducted


@pytest.mark.parametrize(("rates", "tax"), [((0, 0), 0), ((1_000, 0), 100_000), ((1_000, 1_000), 2_549_944)])
def test_a_scale_on_trial_need_not_rise(rates: tuple[int, int], tax: int) -> None:
    """No tax at all, a scale that falls to nothing above 10,000 dirhams, one rate for all."""
    patch = read_reform(
        f"name: Essai\nfigures: {{income_tax_scale: [[0, {rates[0]}], [1000000, {rates[1]}]]}}", codes()
    )
    assert due_under(reform(load_offer(), patch), employee_period()) == tax


def due_under(offer: Offer, row: dict[str, Any]) -> Any:  # noqa: ANN401
    return explain(offer, "income_tax_due", "employee_period", {"employee_period": row}).value


def test_the_deduction_for_expenses_steps_down_above_78_000() -> None:
    at, above = (
        employee_period(gross_taxable_income_period=g, capped_salary_period=7_200_000) for g in (7_800_000, 7_800_001)
    )
    assert of_employee("professional_expenses_period", at) == 2_730_000
    assert of_employee("professional_expenses_period", above) == 1_950_000


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
