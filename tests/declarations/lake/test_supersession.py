from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.declarations.lake.supersession import supersession_key, with_current

DEPOSIT = st.tuples(
    st.sampled_from(["ebds_principal", "ebds_complementary", "staff_register"]),
    st.integers(1, 2),
    st.sampled_from(["202510", "202511"]),
    st.integers(0, 1),
    st.sampled_from(["in_effect", "rejected"]),
)

Deposit = tuple[str, int, str, int, str]


def model(deposits: list[Deposit]) -> set[int]:
    """One deposit after the other, with dictionaries."""
    last: dict[tuple[str, int, str, int], int] = {}
    for number, (kind, affiliation, period, complement, state) in enumerate(deposits):
        if state == "in_effect":
            last[kind, affiliation, period, complement] = number
    latest: dict[int, str] = {}
    for kind, affiliation, period, _ in last:
        if kind == "staff_register":
            latest[affiliation] = max(latest.get(affiliation, ""), period)
    return {number for key, number in last.items() if key[0] != "staff_register" or key[2] == latest[key[1]]}


@given(deposits=st.lists(DEPOSIT, max_size=12), seed=st.randoms())
def test_the_files_in_effect_are_those_of_a_plain_replay(deposits: list[Deposit], seed: object) -> None:
    rows = [
        {
            "file_id": number,
            "kind": kind,
            "affiliation": affiliation,
            "period": period,
            "state": state,
            "supersession_key": supersession_key(
                kind, affiliation=affiliation, fiscal_id=0, period=period, complement=complement
            ),
        }
        for number, (kind, affiliation, period, complement, state) in enumerate(deposits)
    ]
    expected = model(deposits)
    seed.shuffle(rows)  # type: ignore[attr-defined]
    schema = {
        "file_id": pl.Int64,
        "kind": pl.String,
        "affiliation": pl.Int32,
        "period": pl.String,
        "state": pl.String,
        "supersession_key": pl.String,
    }
    found = with_current(pl.DataFrame(rows, schema=schema))
    assert set(found.filter("current")["file_id"].to_list()) == expected
    assert found["current"].null_count() == 0


@pytest.mark.parametrize(
    ("kind", "affiliation", "fiscal_id", "key"),
    [
        ("ebds_principal", 9_900_003, 0, "ebds_principal:9900003:2025:0"),
        ("simpl_ir_9421", 9_900_003, 123, "simpl_ir_9421:IF123:2025:0"),
        ("simpl_ir_9421", 9_900_003, 0, "simpl_ir_9421:9900003:2025:0"),
        ("yearly_accounts", 9_900_003, 123, "yearly_accounts:9900003:2025:0"),
    ],
)
def test_the_key_names_the_one_who_declares(kind: str, affiliation: int, fiscal_id: int, key: str) -> None:
    assert supersession_key(kind, affiliation=affiliation, fiscal_id=fiscal_id, period="2025", complement=0) == key
