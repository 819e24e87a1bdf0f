from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.vocabulary.periods import parse_month
from tests.offer.rows import employee_period, evaluated, firm_year, frame, of_employee


def test_the_engineer_of_the_worked_check() -> None:
    assert of_employee("paf_amount", employee_period()) == 1_050_000


@pytest.mark.parametrize(
    ("changes", "failing"),
    [
        ({"in_register": False}, "paf_in_register"),
        ({"filiere": 0}, "paf_offshoring_post"),
        ({"moroccan": False}, "paf_moroccan"),
        ({"hired_month": parse_month("2025-06")}, "paf_new_recruit"),
        ({"transferred": True}, "paf_not_transferred"),
        ({"rehired": True}, "paf_not_rehired"),
        ({"tenure_months_at_start": 60}, "paf_within_window"),
        ({"other_aid_months_period": 12}, "paf_no_other_aid"),
    ],
)
def test_each_condition_can_refuse_alone(changes: dict[str, object], failing: str) -> None:
    row = employee_period(**changes)
    assert of_employee(failing, row) is False
    assert of_employee("paf_amount", row) == 0


def test_a_firm_that_is_not_eligible_has_nothing() -> None:
    assert of_employee("paf_amount", employee_period(), firm_year(listed_activity=False)) == 0


@pytest.mark.parametrize(("tenure", "amount"), [(0, 1_050_000), (48, 1_050_000), (54, 525_000), (59, 87_500), (60, 0)])
def test_only_the_first_sixty_months_count(tenure: int, amount: int) -> None:
    assert of_employee("paf_amount", employee_period(tenure_months_at_start=tenure)) == amount


@pytest.mark.parametrize(("tenure", "aided", "amount"), [(0, 6, 525_000), (54, 3, 262_500), (54, 6, 0), (54, 7, 0)])
def test_months_with_another_aid_are_left_out(tenure: int, aided: int, amount: int) -> None:
    row = employee_period(tenure_months_at_start=tenure, other_aid_months_period=aided)
    assert of_employee("paf_amount", row) == amount


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(st.integers(0, 12 * 10**9), st.integers(0, 12), st.integers(0, 80), st.integers(0, 14)),
        min_size=1,
        max_size=40,
    )
)
def test_the_amount_lies_between_nothing_and_its_share_of_income(people: list[tuple[int, int, int, int]]) -> None:
    rows = frame(
        employee_period(
            gross_taxable_income_period=income,
            months_worked_period=worked,
            tenure_months_at_start=tenure,
            other_aid_months_period=aided,
        )
        for income, worked, tenure, aided in people
    )
    result = evaluated("employee_period", rows, ["paf_amount"])
    for amount, income in result.select("paf_amount", "gross_taxable_income_period").iter_rows():
        assert amount >= 0
        assert 10_000 * amount <= 350 * income + 5_000
