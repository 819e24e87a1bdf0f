"""A line that its checks hold is not paid before a person looked at it; the rest of its claim is."""

from __future__ import annotations

import polars as pl
import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Sum

from minassa.claims.checks import bit_of, holding
from minassa.claims.errors import ClaimError, UnknownLine
from minassa.claims.models import Claim, Clearance, Line
from minassa.claims.public import (
    NotPayable,
    accept,
    clear,
    conclude,
    cut,
    held_lines,
    payable,
    propose,
    record_payment,
    reply,
)
from minassa.claims.weights import thresholds
from minassa.journal.models import Entry
from minassa.registry.public import Forbidden, system_actor
from tests.claims.test_checks import lines_of, people
from tests.claims.test_matrix import in_control
from tests.claims.world import NOW, Declared, World, a_line, opened, signed, to_decide

pytestmark = pytest.mark.django_db
LEDGER = system_actor("ledger")


def flag(line: Line, kind: str) -> None:
    """What the checks would have written: lines are never changed, save by who owns the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE claims_line SET flags = flags | %s WHERE id = %s", [bit_of(kind), line.pk])
        cursor.execute("SET session_replication_role = origin")


@pytest.fixture
def accepted(world: World, nation: Declared, monkeypatch: pytest.MonkeyPatch) -> Claim:
    """A claim accepted whole, two of its lines held."""
    monkeypatch.setattr("minassa.claims.deciding.require_intact", lambda _claim: None)
    claim = to_decide(world, nation)
    flag(a_line(claim, 0), "raised_reference")
    flag(a_line(claim, 1), "overstated_income")
    flag(a_line(claim, 2), "replacement")
    return accept(world.committee, claim, NOW)


def test_the_lines_held_are_those_whose_reasons_hold(accepted: Claim) -> None:
    assert set(held_lines(accepted)) == {a_line(accepted, 0), a_line(accepted, 1)}


def test_all_but_the_held_lines_is_paid_at_once(accepted: Claim) -> None:
    waiting = sum(line.amount_cents for line in held_lines(accepted))
    money = payable(accepted)
    assert (money.blocked, money.now) == (waiting, accepted.total_cents - waiting)
    with pytest.raises(NotPayable):
        record_payment(LEDGER, accepted, money.now + 1, NOW)
    record_payment(LEDGER, accepted, money.now, NOW)
    assert accepted.state == "accepted"
    assert payable(accepted).left == waiting


def test_a_line_cleared_by_those_who_control_is_paid(world: World, accepted: Claim) -> None:
    first, second = held_lines(accepted)
    clear(world.officer, accepted, [first.pk], "Paie vérifiée", NOW, expected=accepted.version)
    assert list(held_lines(accepted)) == [second]
    assert payable(accepted).blocked == second.amount_cents
    assert Entry.objects.get(stream=f"claim:{accepted.pk}", kind="claim.cleared").body == {"lines": 1}
    with pytest.raises(UnknownLine):
        clear(world.officer, accepted, [first.pk], "encore", NOW)


def test_only_those_who_control_clear_and_with_words(world: World, accepted: Claim) -> None:
    lines = [line.pk for line in held_lines(accepted)]
    for actor in (world.signer, world.secretary, world.committee, world.outsider, world.stranger):
        with pytest.raises(Forbidden):
            clear(actor, accepted, lines, "motif", NOW)
    with pytest.raises(ClaimError):
        clear(world.officer, accepted, lines, " ", NOW)
    for others in ([], [*lines, a_line(accepted, 2).pk], [10**9]):
        with pytest.raises(UnknownLine):
            clear(world.officer, accepted, others, "motif", NOW)
    assert not Clearance.objects.exists()


def test_nothing_is_cleared_before_the_firm_has_signed(world: World, nation: Declared) -> None:
    claim = opened(world, nation)
    flag(a_line(claim), "ghost")
    with pytest.raises(Forbidden):
        clear(world.officer, claim, [a_line(claim).pk], "motif", NOW)


def test_a_clearance_is_never_changed(world: World, accepted: Claim) -> None:
    clear(world.officer, accepted, [held_lines(accepted)[0].pk], "motif", NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Clearance.objects.update(ground="autre")
    with pytest.raises(DatabaseError), transaction.atomic():
        Clearance.objects.all().delete()


def test_a_line_cut_is_no_longer_held(world: World, nation: Declared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minassa.claims.deciding.require_intact", lambda _claim: None)
    claim = to_decide(world, nation)
    line = a_line(claim)
    flag(line, "ghost")
    propose(world.secretary, claim, "motif", NOW)
    reply(world.signer, claim, "réponse", NOW)
    cut(world.committee, claim, [line.pk], "motif", NOW)
    assert not held_lines(claim)
    assert payable(claim).now == claim.total_cents - line.amount_cents


def test_a_claim_controlled_as_a_whole_holds_nothing(world: World, nation: Declared) -> None:
    claim = in_control(world, nation)
    flag(a_line(claim), "ghost")
    assert held_lines(claim)
    conclude(world.officer, claim, "rien à redire", NOW)
    assert not held_lines(claim)


def test_what_holds_is_dated_data(world: World, nation: Declared) -> None:
    claim = signed(world, nation)
    assert holding(NOW.date()) == sum(bit_of(kind) for kind in thresholds(NOW.date()).holds)
    lines = Line.objects.filter(claim=claim, amount_cents__gt=0)
    masked = lines.annotate(mask=F("flags").bitand(holding(NOW.date()))).filter(mask__gt=0)
    assert held_lines(claim).aggregate(sum=Sum("amount_cents")) == masked.aggregate(sum=Sum("amount_cents"))


def test_an_income_stated_above_that_of_cnss_holds_and_one_below_does_not(nation: Declared) -> None:
    told = nation.late.table("discrepancies").filter(pl.col("kind") == "income", pl.col("year") == 2026).collect()
    lines = lines_of(nation, "paf", "2026")
    keys = set(lines.select("affiliation", "person").rows())
    over = set(told.filter(pl.col("value_b") > pl.col("value_a")).select("affiliation", "person").rows())
    assert people(lines, "overstated_income") == over & keys
    under = set(told.filter(pl.col("value_b") < pl.col("value_a")).select("affiliation", "person").rows())
    assert people(lines, "income") == (over | under) & keys
