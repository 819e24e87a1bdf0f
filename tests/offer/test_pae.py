from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.engine import Offer, explain, read_reform, reform
from minassa.offer.loading import codes, load_offer
from minassa.vocabulary.periods import parse_month
from tests.offer.rows import firm_year, hire, of_firm_year, of_hire

ON_THE_WAY = {
    "declared_months_in_post": 6,
    "reference_months_known": 6,
    "gross_taxable_income_first_12_months": 15_000_000,
}


def under(offer: Offer, name: str, row: dict[str, Any]) -> Any:  # noqa: ANN401
    return explain(offer, name, "hire", {"hire": row, "firm_year": firm_year(year=row["year"])}).value


def reformed(text: str) -> Offer:
    return reform(load_offer(), read_reform(f"name: Essai\n{text}", codes()))


def test_the_engineer_of_the_worked_check() -> None:
    assert of_hire("pae_amount", hire()) == 5_100_000


@pytest.mark.parametrize(
    ("changes", "failing"),
    [
        ({"in_register": False}, "pae_in_register"),
        ({"filiere": 0}, "pae_offshoring_post"),
        ({"moroccan": False}, "pae_moroccan"),
        ({"open_ended_contract": False}, "pae_open_ended_contract"),
        ({"declared_months_in_post": 17}, "pae_stay_reached"),
        ({"declared_months_in_post": 11}, "pae_reference_complete"),
        ({"transferred": True}, "pae_not_transferred"),
        ({"rehired": True}, "pae_not_rehired"),
        ({"other_aid_months_reference": 1}, "pae_no_other_aid"),
    ],
)
def test_each_condition_can_refuse_alone(changes: dict[str, object], failing: str) -> None:
    row = hire(**changes)
    assert of_hire(failing, row) is False
    assert of_hire("pae_amount", row) == 0


def test_a_firm_that_is_not_eligible_has_nothing() -> None:
    assert of_hire("pae_amount", hire(), firm_year(listed_activity=False)) == 0


@pytest.mark.parametrize(
    ("changes", "wished"),
    [
        ({"replaces_leaver": True}, "pae_no_replacement"),
        ({"headcount_kept": 10, "headcount_base": 10}, "pae_net_creation"),
    ],
)
def test_what_the_profession_wishes_takes_effect_only_when_switched_on(changes: dict[str, object], wished: str) -> None:
    row = hire(**changes)
    assert of_hire(wished, row) is False
    assert of_hire("pae_amount", row) == 5_100_000
    switched = reformed(f"conditions: {{{wished}: true}}")
    assert under(switched, "pae_amount", row) == 0
    assert under(switched, "pae_amount_expected", row) == 0


@pytest.mark.parametrize(
    ("name", "now", "before", "rising"),
    [
        ("skills_rising", {"skilled_headcount_year": 3, "headcount_year": 10}, (2, 10), True),
        ("skills_rising", {"skilled_headcount_year": 3, "headcount_year": 15}, (2, 10), False),
        ("skills_rising", {"skilled_headcount_year": 0, "headcount_year": 10}, (0, 0), True),
    ],
)
def test_skills_rise_with_the_share_of_skilled_jobs(
    name: str, now: dict[str, int], before: tuple[int, int], rising: bool
) -> None:
    row = firm_year(**now, previous_skilled_headcount_year=before[0], previous_headcount_year=before[1])
    assert of_firm_year(name, row) is rising
    assert of_hire("pae_skills_rising", hire(), row) is rising


@pytest.mark.parametrize(("now", "before", "rising"), [(2, 1, True), (1, 1, False), (1, 2, False)])
def test_value_added_rises_above_that_of_the_year_before(now: int, before: int, rising: bool) -> None:
    row = firm_year(value_added_year=now, previous_value_added_year=before)
    assert of_hire("pae_value_added_rising", hire(), row) is rising


def test_a_ceiling_bounds_the_premium_when_there_is_one() -> None:
    assert under(reformed("figures: {pae_ceiling: 4000000}"), "pae_amount", hire()) == 4_000_000
    assert under(reformed("figures: {pae_ceiling: 6000000}"), "pae_amount", hire()) == 5_100_000


def test_a_condition_switched_off_no_longer_refuses() -> None:
    offer = reformed("conditions: {pae_moroccan: false, pae_open_ended_contract: false}")
    row = hire(moroccan=False, open_ended_contract=False)
    assert under(offer, "pae_amount", row) == 5_100_000
    assert under(offer, "pae_amount_expected", row) == 5_100_000


def test_the_forecast_goes_on_at_the_pace_of_the_months_known() -> None:
    row = hire(**ON_THE_WAY)
    assert of_hire("pae_amount", row) == 0
    assert of_hire("pae_amount_expected", row) == 5_100_000


@pytest.mark.parametrize("changes", [{"left": True}, {"moroccan": False}, {"transferred": True}, {"filiere": 0}])
def test_nothing_is_expected_from_a_job_that_cannot_give_right(changes: dict[str, object]) -> None:
    assert of_hire("pae_amount_expected", hire(**ON_THE_WAY, **changes)) == 0


def test_nothing_is_expected_while_nothing_is_known() -> None:
    row = hire(declared_months_in_post=0, reference_months_known=0, gross_taxable_income_first_12_months=0)
    assert of_hire("pae_amount_expected", row) == 0


@given(st.integers(0, 12 * 10**9), st.integers(0, 40), st.integers(0, 12), st.booleans())
def test_the_forecast_is_the_premium_once_the_stay_is_reached(income: int, months: int, known: int, left: bool) -> None:
    row = hire(
        gross_taxable_income_first_12_months=income,
        declared_months_in_post=months,
        reference_months_known=known,
        left=left,
    )
    premium, expected = of_hire("pae_amount", row), of_hire("pae_amount_expected", row)
    assert premium >= 0
    assert 100 * premium <= 17 * income + 50
    if months >= 18:
        assert premium == expected


@pytest.mark.parametrize(
    ("month", "in_force"), [("2025-06", False), ("2025-07", True), ("2030-12", True), ("2031-01", False)]
)
def test_the_month_of_hiring_decides(month: str, in_force: bool) -> None:
    assert ("pae_amount" in load_offer().at("hire", parse_month(month)).rules) is in_force
