"""A yearly amount shared over periods adds up again, whatever the pay."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from minassa.entitlements.monthly import by_month
from minassa.entitlements.sharing import shared

GROUPS = st.lists(
    st.tuples(st.integers(0, 10**11), st.lists(st.integers(0, 10**10), min_size=1, max_size=4)), min_size=1, max_size=8
)


def as_frame(groups: list[tuple[int, list[int]]]) -> pl.DataFrame:
    """One row per weight, groups in order."""
    rows = [(number, total, weight) for number, (total, weights) in enumerate(groups) for weight in weights]
    return pl.DataFrame(rows, schema={"group": pl.Int64, "total": pl.Int64, "weight": pl.Int64}, orient="row")


@given(GROUPS)
def test_parts_are_never_negative_and_add_up_to_the_total(groups: list[tuple[int, list[int]]]) -> None:
    frame = as_frame(groups)
    parts = frame.with_columns(shared(frame, ["total"], "weight", ["group"])[0].alias("part"))
    assert parts["part"].min() >= 0  # type: ignore[operator]
    sums = parts.group_by("group", maintain_order=True).agg(pl.col("part").sum(), pl.col("total").first())
    assert sums["part"].to_list() == sums["total"].to_list()


@given(GROUPS)
def test_a_part_is_within_a_centime_of_its_proportion(groups: list[tuple[int, list[int]]]) -> None:
    frame = as_frame(groups)
    parts = shared(frame, ["total"], "weight", ["group"])[0].to_list()
    position = 0
    for total, weights in groups:
        for weight in weights:
            if sum(weights):
                assert abs(parts[position] * sum(weights) - total * weight) <= sum(weights)
            position += 1


def test_an_empty_frame_has_empty_parts() -> None:
    frame = pl.DataFrame(schema={"group": pl.Int64, "total": pl.Int64, "weight": pl.Int64})
    assert shared(frame, ["total"], "weight", ["group"])[0].len() == 0


@given(st.integers(0, 10**10), st.lists(st.integers(0, 10**8), min_size=1, max_size=12))
def test_months_add_up_to_the_period(amount: int, pay: list[int]) -> None:
    lines = [{"month": f"2026-{number:02d}", "salary_real": value} for number, value in enumerate(pay, start=1)]
    shares = by_month(amount, lines)
    assert sum(shares.values()) == amount
    assert min(shares.values()) >= 0
    assert list(shares) == [line["month"] for line in lines]


def test_an_amount_without_a_month_has_no_part() -> None:
    assert by_month(0, []) == {}
