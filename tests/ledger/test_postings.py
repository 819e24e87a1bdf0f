from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from psycopg import sql

from minassa.journal.public import Entry, verify
from minassa.ledger.chart import AccountCode, OperationKind
from minassa.ledger.models import Posting, Transaction
from minassa.ledger.posting import Leg, Operation, post, transfer
from minassa.ledger.public import (
    Grant,
    KeyConflict,
    LedgerError,
    Unbalanced,
    UnknownSubject,
    WrongAmount,
    balance,
    check_ledger,
    commit,
    decommit,
    grant,
    release,
    statement,
    suspend,
    trial_balance,
)
from minassa.registry.public import Forbidden
from tests.ledger.world import NOW, World, make_world

EXPENSE, ENTITLED = AccountCode.EXPENSE, AccountCode.ENTITLED


def test_each_operation_sums_to_zero_and_is_told_in_the_chain(world: World) -> None:
    world.entitled("D-1", 120_000_00)
    assert sum(trial_balance().values()) == 0
    assert balance(ENTITLED, enterprise_id=world.firm.pk) == -120_000_00
    assert balance(AccountCode.CREDITS_COMMITTED, measure="pae", budget_year=2026) == 120_000_00
    row = Transaction.objects.get(key="grant:D-1")
    assert row.entry.body["postings"] == [["expense", 120_000_00], ["entitled", -120_000_00]]
    assert check_ledger() == []
    assert verify() == []


@pytest.mark.parametrize("legs", [(Leg(EXPENSE, 5),), (Leg(EXPENSE, 5), Leg(ENTITLED, -4)), ()])
def test_what_does_not_sum_to_zero_is_refused_before_the_database(world: World, legs: tuple[Leg, ...]) -> None:
    one = Operation("k", OperationKind.ENTITLEMENT, "pae", 2026, "D", "s", legs, world.firm.pk)
    with pytest.raises(Unbalanced):
        post(one, "a", NOW)


def by_hand(amounts: tuple[int, ...], row: Transaction | None = None) -> None:
    """Postings written without any door, on a transaction of their own or on one that is there."""
    entry = Entry.objects.order_by("pk")[0]
    with transaction.atomic():
        row = row or Transaction.objects.create(
            key="by-hand", kind="order", at=NOW, actor="x", measure="pae", budget_year=2026, subject="x", entry=entry
        )
        Posting.objects.bulk_create(
            Posting(transaction=row, account=EXPENSE, amount=amount, measure="pae", budget_year=2026, at=NOW)
            for amount in amounts
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("amounts", [(), (5,), (5, -4), (2**62, 2**62, 1 - 2**63)])
def test_the_database_itself_refuses_what_does_not_sum_to_zero(amounts: tuple[int, ...]) -> None:
    make_world()
    with pytest.raises(IntegrityError, match="unbalanced"):
        by_hand(amounts)
    by_hand((5, -5))


@pytest.mark.django_db(transaction=True)
def test_a_posting_added_later_is_refused_too() -> None:
    make_world()
    with pytest.raises(IntegrityError, match="unbalanced"):
        by_hand((1,), Transaction.objects.all()[0])


@pytest.mark.parametrize("table", ["transaction", "posting", "envelopechange"])
def test_nothing_written_is_changed_or_deleted(world: World, table: str) -> None:
    world.entitled("D-1", 100)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    orders = ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE")
    for order in (sql.SQL(one).format(sql.Identifier(f"ledger_{table}")) for one in orders):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(order)


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE ledger_entitlement SET amount = amount + 1",
        "UPDATE ledger_entitlement SET ordered = amount + 1",
        "UPDATE ledger_entitlement SET suspended = amount + 1",
        "UPDATE ledger_entitlement SET recovered = 1",
        "UPDATE ledger_envelope SET committed = authorised + 1",
        "UPDATE ledger_envelope SET budget_year = 2030",
        "DELETE FROM ledger_entitlement",
    ],
)
def test_the_database_refuses_what_passes_the_counters(world: World, order: str) -> None:
    world.entitled("D-1", 100)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(order)


def test_the_same_operation_twice_is_one_effect(world: World) -> None:
    world.entitled("D-1", 1_000)
    for _ in range(3):
        grant(world.claims, Grant("D-1", world.firm.pk, "pae", 2026, 1_000), "grant:D-1", NOW)
        commit(world.claims, "D-1", 1_000, "commit:D-1", NOW)
        suspend(world.claims, "D-1", 300, "Contrôle", "suspend", NOW)
    assert balance(AccountCode.SUSPENDED) == -300
    assert balance(ENTITLED) == -700
    assert check_ledger() == []


def test_a_key_serves_one_operation(world: World) -> None:
    world.entitled("D-1", 1_000, committed=0)
    commit(world.claims, "D-1", 400, "k", NOW)
    with pytest.raises(KeyConflict):
        commit(world.claims, "D-1", 401, "k", NOW)
    with pytest.raises(KeyConflict):
        grant(world.claims, Grant("D-2", world.firm.pk, "pae", 2026, 400), "k", NOW)


def test_suspended_then_released_the_account_is_as_before(world: World) -> None:
    world.entitled("D-1", 1_000)
    suspend(world.claims, "D-1", 600, "Contrôle en cours", "s1", NOW)
    with pytest.raises(WrongAmount):
        suspend(world.claims, "D-1", 401, "Contrôle en cours", "s2", NOW)
    with pytest.raises(WrongAmount):
        release(world.claims, "D-1", 601, "Contrôle clos", "r1", NOW)
    release(world.claims, "D-1", 600, "Contrôle clos", "r2", NOW)
    assert balance(ENTITLED, enterprise_id=world.firm.pk) == -1_000
    assert balance(AccountCode.SUSPENDED) == 0
    assert check_ledger() == []


def test_what_is_committed_is_given_back(world: World) -> None:
    world.entitled("D-1", 1_000)
    decommit(world.claims, "D-1", 250, "d", NOW)
    assert balance(AccountCode.CREDITS_COMMITTED) == 750
    with pytest.raises(WrongAmount):
        decommit(world.claims, "D-1", 751, "d2", NOW)
    assert check_ledger() == []


@pytest.mark.parametrize("amount", [0, -1, True, 2**63])
def test_an_amount_is_whole_centimes_above_zero(world: World, amount: int) -> None:
    with pytest.raises(WrongAmount):
        grant(world.claims, Grant("D-9", world.firm.pk, "pae", 2026, amount), "k", NOW)


def test_a_ground_says_something_and_a_reference_is_known(world: World) -> None:
    world.entitled("D-1", 100)
    with pytest.raises(LedgerError):
        suspend(world.claims, "D-1", 10, "  ", "k", NOW)
    with pytest.raises(UnknownSubject):
        suspend(world.claims, "D-2", 10, "Contrôle", "k", NOW)


def test_who_is_not_competent_moves_nothing(world: World) -> None:
    world.entitled("D-1", 100)
    for actor in (world.stranger, world.signer):
        with pytest.raises(Forbidden):
            grant(actor, Grant("D-2", world.firm.pk, "pae", 2026, 1), "k", NOW)
        with pytest.raises(Forbidden):
            suspend(actor, "D-1", 10, "Contrôle", "k", NOW)


def test_a_balance_is_that_of_its_instant(world: World) -> None:
    world.entitled("D-1", 1_000)
    suspend(world.claims, "D-1", 400, "Contrôle", "s", NOW + timedelta(days=2))
    assert balance(ENTITLED, until=NOW) == -1_000
    assert balance(ENTITLED, until=NOW + timedelta(days=2)) == -600
    assert balance(ENTITLED, until=NOW - timedelta(seconds=1)) == 0
    assert sum(trial_balance(NOW).values()) == 0


def test_the_statement_of_a_firm_is_told_in_sentences_with_its_balances(world: World) -> None:
    world.entitled("D-1", 1_000)
    world.entitled("D-2", 50, firm=world.other)
    suspend(world.claims, "D-1", 400, "Contrôle en cours", "s", NOW)
    lines = statement(world.signer, world.firm)
    assert [(line.kind, line.amount, line.due_to_firm) for line in lines] == [
        ("entitlement", 1_000, 1_000),
        ("suspension", 400, 1_000),
    ]
    assert lines[1].ground == "Contrôle en cours"
    assert lines[0].sentence == "Un droit vous a été reconnu."
    with pytest.raises(Forbidden):
        statement(world.signer, world.other)


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ("UPDATE ledger_entitlement SET committed = committed - 1", "entitlement"),
        ("UPDATE ledger_envelope SET committed = committed - 1", "envelope"),
        ("UPDATE ledger_entitlement SET ordered = 1", "ordered"),
        ("UPDATE ledger_posting SET amount = amount + 1 WHERE account = 'expense'", "unbalanced"),
        ("UPDATE ledger_posting SET amount = amount + 1 WHERE account = 'expense'", "trial-balance"),
    ],
)
def test_a_change_by_hand_is_seen(world: World, order: str, code: str) -> None:
    world.entitled("D-1", 1_000)
    assert check_ledger() == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(order)
        cursor.execute("SET session_replication_role = origin")
    assert code in {gap.code for gap in check_ledger()}


def test_a_transfer_goes_from_one_account_to_another() -> None:
    assert transfer(EXPENSE, ENTITLED, 7) == (Leg(EXPENSE, 7), Leg(ENTITLED, -7))
