"""Of a line that the checks hold, the part in doubt alone waits where they know it: the rest is paid at once."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from minassa.claims.checks import bit_of, doubtful_cents, held_cents
from minassa.claims.errors import InvalidClaimData
from minassa.claims.models import Claim, Line
from minassa.claims.public import (
    clear,
    conclude,
    decide_restitution,
    find_restitutions,
    held_lines,
    held_parts,
    is_intact,
    lines_of,
    payable,
    replay_claim,
)
from minassa.claims.weights import Held, checked, weights
from minassa.offer.loading import load_offer
from tests.claims.money import Money, accepted, agrees, answered, contested, make_money
from tests.claims.test_matrix import in_control
from tests.claims.world import DAY, NOW, Declared, World, a_line

DAY_OF = NOW.date()
WHOLE, EXCESS = ("ghost", "already_claimed"), ("raised_reference", "overstated_income")
QUIET = ("replacement", "outlier", "provisional")
CENTS = st.integers(0, 10**9)
GROWTH = st.lists(st.tuples(CENTS, CENTS), min_size=1, max_size=4)


@pytest.fixture
def money(world: World) -> Money:
    return make_money(world)


@pytest.fixture
def over(nation: Declared) -> Declared:
    """The nation after the firm has stated a tenth more than it declares."""
    return replace(nation, late=nation.corrected, tables=nation.corrected_tables)


@pytest.fixture
def paid(world: World, over: Declared, money: Money) -> Claim:
    money.opened()
    claim = accepted(world, over)
    money.paid()
    return claim


def flags(kinds: tuple[str, ...]) -> int:
    return sum(bit_of(kind) for kind in kinds)


def checked_line(due: int, undoubted: int | None, earlier: tuple[int, int], kinds: tuple[str, ...]) -> tuple[int, int]:
    """What is in doubt (-1: not told) and what waits of a line."""
    row = {
        "cumulative_cents": [due],
        "undoubted_cents": [undoubted],
        "amount_cents": [due - earlier[0]],
        "earlier_doubtful_cents": [earlier[1]],
        "flags": [flags(kinds)],
    }
    frame = pl.DataFrame(row, schema=dict.fromkeys(row, pl.Int64))
    told = frame.with_columns(doubtful_cents(DAY_OF).alias("doubtful_cents"))
    waits = told.select(pl.col("doubtful_cents").fill_null(-1), held_cents(DAY_OF).alias("held"))
    return waits.row(0)


@given(GROWTH, st.sampled_from(EXCESS))
def test_claim_after_claim_of_a_year_what_is_not_in_doubt_is_let_through(
    growth: list[tuple[int, int]], kind: str
) -> None:
    due = undoubted = let_through = asked = in_doubt = 0
    for safe, doubt in growth:
        due, undoubted = due + safe + doubt, undoubted + safe
        told, held = checked_line(due, undoubted, (asked, in_doubt), (kind,))
        assert 0 <= held <= due - asked
        let_through += due - asked - held
        assert let_through == undoubted
        in_doubt, asked = in_doubt + max(0, told), due


@given(CENTS, CENTS, st.lists(st.sampled_from(WHOLE + EXCESS + QUIET), max_size=4, unique=True))
def test_a_line_held_whole_waits_whole_and_one_that_nothing_holds_is_paid(
    due: int, lower: int, some: list[str]
) -> None:
    kinds, undoubted = tuple(some), min(due, lower)
    told, held = checked_line(due, undoubted, (0, 0), kinds)
    unknown = checked_line(due, None, (0, 0), kinds)
    if set(kinds) & set(WHOLE):
        assert (told, held) == unknown == (-1, due)
    elif set(kinds) & set(EXCESS) and due:
        assert (told, held) == (due - undoubted, due - undoubted)
        assert unknown == (-1, due)
    else:
        assert (told, held) == unknown == (-1, 0)


def test_only_a_reason_whose_doubt_has_an_amount_holds_an_excess() -> None:
    written = weights()
    one = written.values[0]
    with pytest.raises(InvalidClaimData):
        checked(written.model_copy(update={"values": [one.model_copy(update={"holds": {"ghost": Held.EXCESS}})]}))


@pytest.mark.django_db
def test_what_the_statement_says_above_cnss_waits_and_the_rest_is_paid(over: Declared, paid: Claim) -> None:
    parts = held_parts(paid)
    assert set(parts) == {line.pk for line in held_lines(paid)}
    assert parts
    assert all(0 < parts[line.pk] < line.amount_cents for line in held_lines(paid))
    waits = sum(parts.values())
    held = agrees(paid)
    assert (held.suspended, held.settled) == (waits, paid.total_cents - waits)
    assert (payable(paid).blocked, payable(paid).now, paid.state) == (waits, 0, "accepted")
    assert is_intact(paid)
    assert replay_claim(paid, over.late, load_offer(), over.tables).identical


@pytest.mark.django_db
def test_cleared_it_is_paid_in_full_and_nothing_is_paid_twice(world: World, paid: Claim, money: Money) -> None:
    parts = held_parts(paid)
    first, *others = parts
    clear(world.officer, paid, [first], "Paie vérifiée", NOW)
    assert agrees(paid).suspended == sum(parts[line] for line in others)
    clear(world.officer, paid, others, "Paie vérifiée", NOW)
    assert money.paid(NOW + DAY).net == sum(parts.values())
    assert (agrees(paid).settled, paid.state) == (paid.total_cents, "paid")


@pytest.mark.django_db
@pytest.mark.parametrize("upheld", [True, False])
def test_a_contested_line_waits_whole_once_whatever_the_checks_hold_of_it(
    world: World, over: Declared, money: Money, *, upheld: bool
) -> None:
    money.opened()
    claim = accepted(world, over)
    first = a_line(claim)
    before = held_parts(claim)
    assert first.pk in before
    contest = contested(claim)
    rest = sum(before.values()) - before[first.pk]
    assert agrees(claim).suspended == rest + first.amount_cents
    answered(world, contest, upheld=upheld)
    held = agrees(claim)
    expected = (first.amount_cents, rest) if upheld else (0, sum(before.values()))
    assert (held.cancelled, held.suspended) == expected
    money.paid()
    assert agrees(claim).settled == claim.total_cents - sum(expected)


@pytest.mark.django_db
def test_what_waits_was_not_paid_so_that_none_of_it_is_asked_back(
    world: World, nation: Declared, paid: Claim, money: Money
) -> None:
    assert find_restitutions(nation.late, nation.tables, NOW) == []
    waits = held_parts(paid)
    clear(world.officer, paid, list(waits), "Paie vérifiée", NOW)
    money.paid(NOW + DAY)
    (made,) = find_restitutions(nation.late, nation.tables, NOW + DAY)
    assert {one.line_id: one.cents for one in lines_of(made)} == waits
    decide_restitution(world.committee, made, "motif", NOW + 60 * DAY, upheld=True)
    assert agrees(paid).recovered == made.cents == sum(one.cents for one in lines_of(made))


@pytest.mark.django_db
def test_a_claim_controlled_as_a_whole_holds_no_part_either(world: World, over: Declared) -> None:
    claim = in_control(world, over)
    assert held_lines(claim)
    conclude(world.officer, claim, "rien à redire", NOW)
    assert not held_lines(claim)


@pytest.mark.django_db
def test_the_database_refuses_a_doubt_above_the_amount(world: World, over: Declared) -> None:
    line = a_line(accepted(world, over))
    values = {field.attname: getattr(line, field.attname) for field in Line._meta.concrete_fields}  # noqa: SLF001
    values |= {"id": None, "person": 5, "doubtful_cents": line.amount_cents + 1}
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor():
        Line.objects.create(**values)
