"""Each reason to look is found where it was planted, and nowhere else."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.claims.calendar import period_named
from minassa.claims.checks import bit_of, flagged, told
from minassa.claims.content import EARLIER, asked, due
from minassa.claims.weights import reasons, stratum, thresholds
from tests.claims.world import NOW, Declared

DAY = NOW.date()
NOBODY = pl.DataFrame(schema={"affiliation": pl.Int32, "person": pl.Int64})


def lines_of(nation: Declared, measure: str, period: str, before: pl.DataFrame = NOBODY) -> pl.DataFrame:
    named = period_named(measure, period)
    lines = asked(due(nation.late, nation.tables, named), pl.DataFrame(schema=EARLIER), named)
    return flagged(lines, nation.late, nation.tables, measure, DAY, before)


def people(lines: pl.DataFrame, kind: str) -> set[tuple[int, int]]:
    hit = lines.filter((pl.col("flags") & bit_of(kind)) != 0)
    return set(hit.select("affiliation", "person").rows())


@pytest.mark.parametrize("kind", ["ghost", "transfer", "replacement"])
def test_an_irregular_hire_is_flagged_and_no_other(nation: Declared, kind: str) -> None:
    lines = lines_of(nation, "paf", "2026")
    planted = nation.late.table("irregularities").filter(pl.col("kind") == kind).collect()
    expected = set(planted.select("affiliation", "person").rows()) & set(lines.select("affiliation", "person").rows())
    assert people(lines, kind) == expected
    assert expected


@pytest.mark.parametrize("kind", ["income", "tax_withheld", "not_in_statement"])
def test_a_discrepancy_of_the_year_is_flagged_and_no_other(nation: Declared, kind: str) -> None:
    lines = lines_of(nation, "paf", "2026")
    found = nation.late.table("discrepancies").filter(pl.col("kind") == kind, pl.col("year") == 2026).collect()
    keys = set(lines.select("affiliation", "person").rows())
    assert people(lines, kind) == set(found.select("affiliation", "person").rows()) & keys


def test_a_person_claimed_twice_is_flagged_on_both_sides(nation: Declared) -> None:
    named = period_named("pae", "2027-06")
    lines = asked(due(nation.late, nation.tables, named), pl.DataFrame(schema=EARLIER), named)
    one = lines.head(1).with_columns(pl.lit(value=True).alias("entitled"))
    twice = [one, one.with_columns(pl.lit(9_100_011, pl.Int32).alias("affiliation"))]
    first = one.with_columns(pl.lit(9_100_001, pl.Int32).alias("affiliation"))
    stranger = one.with_columns(pl.lit(9_100_005, pl.Int32).alias("affiliation"))
    sisters = flagged(pl.concat([first, twice[1]]), nation.late, nation.tables, "pae", DAY, NOBODY)
    assert len(people(sisters, "sister_firm")) == 2
    assert not people(sisters, "elsewhere")
    others = flagged(pl.concat([first, stranger]), nation.late, nation.tables, "pae", DAY, NOBODY)
    assert len(people(others, "elsewhere")) == 2
    assert not people(others, "sister_firm")


def test_a_premium_claimed_before_is_flagged(nation: Declared) -> None:
    lines = lines_of(nation, "pae", "2027-06")
    before = lines.select("affiliation", "person").head(1)
    again = lines_of(nation, "pae", "2027-06", before)
    assert people(again, "already_claimed") == set(before.rows())


def test_an_amount_far_above_the_others_of_the_firm_is_flagged(nation: Declared) -> None:
    named = period_named("paf", "2026")
    lines = asked(due(nation.late, nation.tables, named), pl.DataFrame(schema=EARLIER), named)
    firm = lines.filter(affiliation=9_100_002).with_columns(pl.lit(1_000).alias("amount_cents").cast(pl.Int64))
    assert firm.height >= thresholds(DAY).outlier_fewest_lines
    rank = pl.int_range(pl.len())
    high = firm.with_columns(pl.when(rank == 0).then(5_001).otherwise("amount_cents").alias("amount_cents"))
    found = flagged(high, nation.late, nation.tables, "paf", DAY, NOBODY)
    assert len(people(found, "outlier")) == 1
    flat = firm.with_columns(pl.when(rank == 0).then(5_000).otherwise("amount_cents").alias("amount_cents"))
    assert not people(flagged(flat, nation.late, nation.tables, "paf", DAY, NOBODY), "outlier")


@given(
    st.lists(st.tuples(st.integers(-(10**9), 10**9), st.integers(0, 2 ** len(reasons()) - 1)), min_size=1, max_size=30)
)
def test_a_score_is_within_bounds_and_explained(lines: list[tuple[int, int]]) -> None:
    frame = pl.DataFrame(lines, schema={"amount_cents": pl.Int64, "flags": pl.Int64}, orient="row")
    found, score = told(frame, DAY)
    assert 0 <= score <= 100
    assert score == min(100, sum(one["points"] for one in found))
    whole = sum(abs(cents) for cents, _flags in lines)
    for one in found:
        assert 1 <= one["points"] <= max(1, one["weight"])
        assert 0 < one["cents"] <= whole
    hit = {kind for kind in reasons() for cents, flags in lines if cents and flags & bit_of(kind)}
    assert {one["kind"] for one in found} == hit


def test_strata_follow_the_thresholds_of_the_day() -> None:
    held = thresholds(DAY)
    assert [stratum(score, DAY) for score in (0, held.medium_score, held.high_score, 100)] == [
        "low",
        "medium",
        "high",
        "high",
    ]
    assert thresholds(date(2026, 1, 1)) == held
