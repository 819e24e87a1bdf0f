from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.engine import explain, read_reform, reform
from minassa.offer.loading import codes, load_offer
from tests.offer.rows import firm_month, of_firm_month

counts = st.integers(0, 10_000)
MOVEMENTS = {"hires_month": 10, "transfers_in_month": 3, "rehires_month": 2, "replacements_month": 1}


@pytest.mark.parametrize(("now", "base", "net"), [(15, 10, 5), (7, 10, -3), (4, 0, 4)])
def test_net_jobs_are_counted_from_june_2025(now: int, base: int, net: int) -> None:
    assert of_firm_month("net_jobs", firm_month(headcount_month=now, headcount_base=base)) == net


def test_transfers_rehires_and_replacements_are_not_new() -> None:
    assert of_firm_month("new_hires_month", firm_month(**MOVEMENTS)) == 4


@pytest.mark.parametrize(("switch", "new"), [("transfers", 7), ("rehires", 6), ("replacements", 5)])
def test_each_kind_of_movement_can_be_counted(switch: str, new: int) -> None:
    patch = read_reform(f"name: Essai\nfigures: {{new_hires_exclude_{switch}: false}}", codes())
    rows = {"firm_month": firm_month(**MOVEMENTS)}
    assert explain(reform(load_offer(), patch), "new_hires_month", "firm_month", rows).value == new


def test_the_balance_takes_leavers_off() -> None:
    assert of_firm_month("job_balance_month", firm_month(hires_month=2, leavers_month=5)) == -3


@given(counts, counts, counts)
def test_kept_jobs_are_net_and_kept(now: int, base: int, kept: int) -> None:
    row = firm_month(headcount_month=now, headcount_base=base, kept_hires_month=kept)
    assert of_firm_month("kept_net_jobs", row) == min(max(now - base, 0), kept)
