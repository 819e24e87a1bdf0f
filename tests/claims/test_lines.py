"""Lines drawn at random: what is written is what is read, and a change of any of them shows."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.claims.calendar import period_named
from minassa.claims.content import EARLIER, KEYS, asked
from minassa.claims.lines import STORED, digest_of, flags_digest_of, read, write
from minassa.claims.models import Claim
from tests.claims.world import Declared, World, opened

CENTS = st.integers(-(10**12), 10**12)
ROWS = st.lists(
    st.tuples(st.integers(1, 2**63 - 1), CENTS, CENTS, st.booleans(), st.integers(0, 2**20), st.booleans()),
    min_size=1,
    max_size=20,
    unique_by=lambda row: row[0],
)
Drawn = list[tuple[int, int, int, bool, int, bool]]
DUE = {"affiliation": pl.Int32, "person": pl.Int64, "hired_month": pl.Int32, "period_start": pl.Int32}
DUE_VALUES = {
    "period_end": pl.Int32,
    "entitled": pl.Boolean,
    "unmet": pl.Int32,
    "status": pl.Int8,
    "provisional": pl.Boolean,
    "cumulative_cents": pl.Int64,
    "undoubted_cents": pl.Int64,
}


def frame(rows: Drawn) -> pl.DataFrame:
    values = [
        (person, 24_300, 24_310, 24_311, due, earlier, due - earlier, entitled, unmet, 2, provisional, unmet % 7, None)
        for person, due, earlier, entitled, unmet, provisional in rows
    ]
    return pl.DataFrame(values, schema=dict(STORED), orient="row")


@given(
    ROWS, st.randoms(use_true_random=False), st.integers(0, 19), st.sampled_from(["amount_cents", "unmet", "person"])
)
def test_the_digest_knows_no_order_and_sees_any_change(rows: Drawn, draw: object, place: int, column: str) -> None:
    lines = frame(rows)
    shuffled = list(rows)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    assert digest_of(frame(shuffled)) == digest_of(lines)
    assert flags_digest_of(frame(shuffled)) == flags_digest_of(lines)
    hit = pl.int_range(pl.len()) == place % len(rows)
    changed = lines.with_columns(
        pl.when(hit).then(pl.col(column).cast(pl.Int64) ^ 1).otherwise(pl.col(column)).alias(column)
    )
    assert digest_of(changed) != digest_of(lines)


@given(ROWS, st.integers(0, 19), st.integers(0, 10**12))
def test_what_is_in_doubt_is_digested_where_it_is_told(rows: Drawn, place: int, cents: int) -> None:
    lines = frame(rows)
    hit = pl.int_range(pl.len()) == place % len(rows)
    told = lines.with_columns(pl.when(hit).then(cents).alias("doubtful_cents"))
    other = lines.with_columns(pl.when(hit).then(cents + 1).alias("doubtful_cents"))
    assert len({flags_digest_of(one) for one in (lines, told, other)}) == 3


@given(ROWS, st.lists(st.tuples(st.integers(1, 5), CENTS), max_size=4, unique_by=lambda row: row[0]))
def test_a_claim_asks_for_what_is_due_less_what_was_asked(rows: Drawn, former: list[tuple[int, int]]) -> None:
    values = [
        (7, person, 24_300, 24_310, 24_311, held, unmet, 1, prov, due, due)
        for person, due, _, held, unmet, prov in rows
    ]
    given_rows = pl.DataFrame(values, schema={**DUE, **DUE_VALUES}, orient="row")
    earlier = pl.DataFrame([(7, person, 24_300, 24_310, c, 0) for person, c in former], schema=EARLIER, orient="row")
    lines = asked(given_rows, earlier, period_named("air", "2026-T2"))
    whole = sum(row[1] for row in rows) - sum(cents for _person, cents in former)
    assert sum(lines["amount_cents"].to_list()) == whole
    assert lines.select(KEYS).is_unique().all()
    assert lines.height == len({row[0] for row in rows} | {person for person, _cents in former})
    assert not lines.drop("undoubted_cents").null_count().sum_horizontal().item()


@pytest.mark.django_db
def test_what_is_written_is_what_is_read(world: World, nation: Declared) -> None:
    claim = opened(world, nation)
    other = Claim.objects.exclude(pk=claim.pk).first()
    assert other is not None
    lines = frame([(5, 3, -(10**12), True, 2**20, False), (2**63 - 1, -1, 0, False, 0, True)])
    lines = lines.with_columns(pl.when(pl.col("person") == 5).then(3).alias("doubtful_cents").cast(pl.Int64))
    assert not set(read([claim.pk])["person"]) & {5, 2**63 - 1}
    write(claim.pk, lines)
    back = read([claim.pk]).filter(pl.col("person").is_in([5, 2**63 - 1])).select(*STORED)
    assert back.equals(lines.sort("person"))
    assert read([]).height == 0
    assert set(read([claim.pk, other.pk])["claim_id"]) == {claim.pk, other.pk}
