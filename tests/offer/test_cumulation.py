from __future__ import annotations

import pytest

from minassa.engine import explain, read_reform, reform
from minassa.offer.loading import codes, load_offer
from tests.offer.rows import employee_period, firm_year, hire, of_employee


@pytest.mark.parametrize(("worked", "aided", "left"), [(12, 0, 12), (12, 5, 7), (12, 12, 0), (3, 12, 0), (0, 0, 1)])
def test_months_without_another_aid(worked: int, aided: int, left: int) -> None:
    row = employee_period(months_worked_period=worked, other_aid_months_period=aided)
    assert of_employee("unaided_months_period", row) == left


@pytest.mark.parametrize(
    ("measure", "switch", "grain", "whole"),
    [
        ("air", "air_excludes_aided_months", "employee_period", 694_793),
        ("paf", "paf_excludes_aided_months", "employee_period", 1_050_000),
        ("pae", "pae_excludes_aided_jobs", "hire", 5_100_000),
    ],
)
def test_each_exclusion_can_be_lifted(measure: str, switch: str, grain: str, whole: int) -> None:
    offer = load_offer()
    lifted = reform(offer, read_reform(f"name: Cumul\nfigures: {{{switch}: false}}", codes()))
    row = hire(other_aid_months_reference=18) if grain == "hire" else employee_period(other_aid_months_period=12)
    rows = {grain: row, "firm_year": firm_year()}
    assert explain(offer, f"{measure}_amount", grain, rows).value == 0
    assert explain(lifted, f"{measure}_amount", grain, rows).value == whole
