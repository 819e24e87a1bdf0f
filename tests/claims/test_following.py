from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from minassa.claims.public import followed, survival
from minassa.claims.weights import thresholds
from minassa.offer.loading import load_offer
from tests.claims.world import NOW, Declared
from tests.steering.country import FIRST_FIRM

DAY = NOW.date()


def test_each_hire_is_followed_to_its_eighteenth_month(nation: Declared) -> None:
    premiums = followed(nation.late, load_offer(), FIRST_FIRM, DAY).premiums
    amounts = nation.late.table("amounts").collect().filter(measure="pae", affiliation=FIRST_FIRM)
    assert premiums["due_cents"].sum() == amounts.filter("entitled")["amount_cents"].sum() > 0
    assert premiums.height == amounts.height
    assert (premiums["due_month"] == premiums["hired_month"] + 17).all()
    until = nation.late.until
    reached = premiums.filter(state="reached")
    assert (reached["due_month"] <= until).all()
    assert (reached["expected_cents"] == reached["due_cents"]).all()
    going = premiums.filter(state="on_the_way", due_cents=0).filter(pl.col("due_month") > until)
    assert (going["probable_cents"] <= going["expected_cents"]).all()
    assert (
        going.filter(pl.col("expected_cents") > 0)
        .select((pl.col("probable_cents") < pl.col("expected_cents")).all())
        .item()
    )
    assert premiums.filter(state="left")["expected_cents"].sum() == 0


def test_the_premium_for_training_is_followed_over_five_years_and_no_further(nation: Declared) -> None:
    told = followed(nation.late, load_offer(), FIRST_FIRM, DAY)
    amounts = nation.late.table("amounts").collect().filter(measure="paf", affiliation=FIRST_FIRM, entitled=True)
    hires = told.premiums.select("person")
    due = amounts.join(hires, on="person", how="semi")["amount_cents"].sum()
    assert told.training["due_cents"].sum() == due > 0
    span = told.training.with_columns(first=pl.col("hired_month") // 12)
    assert (span["year"] >= span["first"]).all()
    assert (span["year"] <= span["first"] + 5).all()
    assert (span["year"] <= 2030).all()
    assert (span["probable_cents"] <= span["expected_cents"]).all()
    assert span["expected_cents"].sum() > span["probable_cents"].sum() > 0
    assert told.departures_basis_points == thresholds(DAY).monthly_departures_basis_points


@given(st.integers(0, 60), st.integers(0, 9_999))
def test_a_group_only_shrinks_and_stays_whole_when_nobody_leaves(months: int, departures: int) -> None:
    assert survival(months, 0) == 10_000
    assert 0 <= survival(months + 1, departures) <= survival(months, departures) <= 10_000
