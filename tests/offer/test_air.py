from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.vocabulary.periods import parse_month
from minassa.vocabulary.places import place_by_slug, places
from tests.offer import reference
from tests.offer.rows import employee_period, evaluated, firm_year, frame, of_employee

FES = place_by_slug("fes-shore").code
codes = st.sampled_from([place.code for place in places()])


def test_the_engineer_of_the_worked_check() -> None:
    assert of_employee("air_amount", employee_period()) == 694_793
    assert of_employee("air_amount", employee_period(place=FES)) == 3_694_793


@pytest.mark.parametrize(
    ("changes", "failing"),
    [
        ({"in_register": False}, "air_in_register"),
        ({"filiere": 0}, "air_offshoring_post"),
        ({"gross_taxable_income_period": 25_700_000}, "air_tax_above_cap"),
        ({"other_aid_months_period": 12}, "air_no_other_aid"),
    ],
)
def test_each_condition_can_refuse_alone(changes: dict[str, object], failing: str) -> None:
    row = employee_period(**changes)
    assert of_employee(failing, row) is False
    assert of_employee("air_amount", row) == 0


def test_a_firm_that_is_not_eligible_has_nothing() -> None:
    assert of_employee("air_amount", employee_period(), firm_year(listed_activity=False)) == 0


def test_a_firm_of_2025_has_nothing_before_july_2025() -> None:
    row = employee_period(year=2025, period_start=parse_month("2025-01"), months_worked_period=6, place=FES)
    for regime, due in ((2025, False), (2022, True)):
        firm = firm_year(year=2025, closing_month=parse_month("2025-12"), convention_regime=regime)
        assert (of_employee("air_amount", row, firm) > 0) is due


@pytest.mark.parametrize(("exported", "amount"), [(100, 694_793), (80, 555_834), (70, 486_355)])
def test_the_amount_follows_the_export_share(exported: int, amount: int) -> None:
    firm = firm_year(export_turnover_year=exported, turnover_year=100)
    assert of_employee("air_amount", employee_period(), firm) == amount


@pytest.mark.parametrize(("aided", "amount"), [(0, 694_793), (6, 347_397), (11, 57_899), (12, 0), (15, 0)])
def test_months_with_another_aid_are_left_out(aided: int, amount: int) -> None:
    assert of_employee("air_amount", employee_period(other_aid_months_period=aided)) == amount


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(st.integers(0, 10**8), st.integers(0, 12), codes, st.integers(0, 14), st.integers(0, 10**9)),
        min_size=1,
        max_size=40,
    ),
    st.integers(0, 10**9),
)
def test_the_amount_lies_between_nothing_and_the_tax_that_counts(
    people: list[tuple[int, int, int, int, int]], exported: int
) -> None:
    rows = frame(
        employee_period(
            gross_taxable_income_period=salary * worked,
            capped_salary_period=min(salary, 600_000) * worked,
            months_worked_period=worked,
            place=place,
            other_aid_months_period=aided,
            income_tax_withheld_period=withheld,
            tax_statement_filed=withheld % 2 == 0,
        )
        for salary, worked, place, aided, withheld in people
    )
    firms = frame([firm_year(export_turnover_year=exported, turnover_year=10**9, activity_year=1)])
    result = evaluated("employee_period", rows, ["air_amount", "income_tax_counted"], firms)
    for amount, counted in result.select("air_amount", "income_tax_counted").iter_rows():
        assert 0 <= amount <= counted


@given(
    st.integers(0, 10**8),
    st.integers(1, 12),
    st.integers(0, 12),
    st.sampled_from([("casanearshore", 20), ("fes-shore", 10)]),
    st.integers(7_000, 10_000),
    st.integers(0, 7),
)
def test_the_amount_is_that_of_the_second_calculator(
    salary: int, worked: int, aided: int, place: tuple[str, int], exported: int, dependants: int
) -> None:
    row = employee_period(
        gross_taxable_income_period=salary * worked,
        capped_salary_period=min(salary, 600_000) * worked,
        months_worked_period=worked,
        other_aid_months_period=aided,
        place=place_by_slug(place[0]).code,
        dependants=dependants,
    )
    income, capped = Fraction(salary * worked, 100), Fraction(min(salary, 600_000) * worked, 100)
    tax = reference.income_tax(income, capped, worked, 2026, dependants=dependants)
    share_aided = Fraction(min(aided, worked), worked)
    due = reference.contribution(tax, income, place[1], share_aided, Fraction(exported, 10_000))
    firm = firm_year(export_turnover_year=exported, turnover_year=10_000)
    assert of_employee("air_amount", row, firm) == 100 * due
