from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from minassa.journal.public import (
    Entry,
    Head,
    JournalError,
    NotYetPublished,
    append,
    public_heads,
    publish_heads,
    receipt,
    verify,
)
from minassa.proof import check_receipt

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 5, 10, tzinfo=UTC)


def written(days: int = 3, streams: int = 3, entries: int = 7) -> list[Entry]:
    return [
        append(
            f"case:{stream}",
            "case.saved",
            "account:1",
            {"n": number, "é": ["ا", True, None]},
            START + timedelta(days=day),
        )
        for day in range(days)
        for stream in range(streams)
        for number in range(entries)
    ]


def test_what_is_written_and_closed_verifies_and_each_receipt_is_genuine() -> None:
    entries = written()
    heads = publish_heads(date(2026, 1, 7))
    assert [head.size for head in heads] == [21, 42, 63]
    assert verify() == []
    published = json.loads(json.dumps(public_heads()))
    for entry in entries:
        check_receipt(json.loads(json.dumps(receipt(entry))), published)


def test_closing_twice_does_nothing_more() -> None:
    written()
    assert len(publish_heads(date(2026, 1, 6))) == 2
    assert publish_heads(date(2026, 1, 6)) == []
    assert len(publish_heads(date(2026, 1, 9))) == 3
    assert Head.objects.count() == 5
    assert verify() == []


def test_an_entry_about_a_closed_day_goes_with_the_next_head() -> None:
    written(days=1)
    publish_heads(date(2026, 1, 6))
    late = append("case:9", "case.saved", "account:1", {}, START)
    with pytest.raises(NotYetPublished):
        receipt(late)
    publish_heads(date(2026, 1, 7))
    assert receipt(late)["head"]["date"] == "2026-01-07"
    assert verify() == []


def test_a_journal_without_entries_has_no_head() -> None:
    assert publish_heads(date(2026, 1, 6)) == []
    assert verify() == []


def test_nothing_is_changed_or_deleted() -> None:
    entry = written(days=1)[0]
    for act in (lambda: Entry.objects.filter(pk=entry.pk).update(kind="x"), entry.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_body_with_a_float_is_refused() -> None:
    with pytest.raises(JournalError):
        append("case:1", "case.saved", "account:1", {"n": 1.5}, START)


def test_the_journal_is_written_in_the_transaction_of_the_act() -> None:
    connection.in_atomic_block = False
    try:
        with pytest.raises(JournalError):
            append("case:1", "case.saved", "account:1", {}, START)
    finally:
        connection.in_atomic_block = True


SWAPPED_ENTRIES = """
UPDATE journal_entry SET number = 1000 WHERE stream = 'case:1' AND number = 4;
UPDATE journal_entry SET number = 4 WHERE stream = 'case:1' AND number = 5;
UPDATE journal_entry SET number = 5 WHERE stream = 'case:1' AND number = 1000
"""
SWAPPED_LEAVES = """
UPDATE journal_leaf SET position = 900 WHERE position = 3;
UPDATE journal_leaf SET position = 3 WHERE position = 4;
UPDATE journal_leaf SET position = 4 WHERE position = 900
"""
OTHER_ROOT = """
UPDATE journal_head SET document = jsonb_set(document, '{root}', to_jsonb(encode(sha256('x'), 'hex'))) WHERE size = 63
"""
TAMPERED: dict[str, tuple[str, str]] = {
    "a body": ("UPDATE journal_entry SET body = '{\"n\": 99}' WHERE stream = 'case:1' AND number = 4", "entry-changed"),
    "an instant": ("UPDATE journal_entry SET at = at + interval '1 microsecond' WHERE number = 2", "entry-changed"),
    "an actor": ("UPDATE journal_entry SET actor = 'account:2' WHERE number = 2", "entry-changed"),
    "a hash": ("UPDATE journal_entry SET hash = sha256('x') WHERE stream = 'case:1' AND number = 4", "entry-changed"),
    "a stream": ("UPDATE journal_entry SET stream = 'case:z' WHERE stream = 'case:1'", "entry-changed"),
    "two in other order": (SWAPPED_ENTRIES, "entry-chain"),
    "one taken from the middle": ("DELETE FROM journal_entry WHERE stream = 'case:1' AND number = 4", "entry-missing"),
    "the last one taken": ("DELETE FROM journal_entry WHERE stream = 'case:1' AND number = 21", "entry-missing"),
    "a leaf moved": (SWAPPED_LEAVES, "head-root"),
    "the last leaf taken": ("DELETE FROM journal_leaf WHERE position = 62", "leaf-missing"),
    "a leaf changed": ("UPDATE journal_leaf SET hash = sha256('x') WHERE position = 5", "leaf-changed"),
    "a root": ("UPDATE journal_head SET root = sha256('x') WHERE day = '2026-01-06'", "head-root"),
    "a head document": (OTHER_ROOT, "head-signature"),
    "a head taken": ("DELETE FROM journal_head WHERE day = '2026-01-06'", "head-chain"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_whoever_may_do_anything_in_sql_is_found_out(what: str) -> None:
    written()
    publish_heads(date(2026, 1, 7))
    statement, code = TAMPERED[what]
    as_superuser(statement)
    assert code in {problem.code for problem in verify()}
    with pytest.raises(CommandError):
        call_command("verify_journal", stdout=StringIO())


def as_superuser(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET session_replication_role = replica")
        try:
            cursor.execute(statement)
        finally:
            cursor.execute("SET session_replication_role = origin")
