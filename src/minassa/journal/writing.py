"""Adds an entry at the end of the chain of its stream, in the transaction of the act that it tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from django.db import connection

from minassa.journal.errors import JournalError
from minassa.journal.models import Entry
from minassa.proof import NO_ENTRY, NotCanonical, entry_hash
from minassa.statements import Compiled, Given, prepared_cursor

_LAST: Final = Compiled(
    lambda: Entry.objects.filter(stream=Given("stream")).order_by("-number").values_list("number", "hash")[:1]
)

_LAST_OF_EACH: Final = """
SELECT asked.stream, entry.number, entry.hash FROM unnest(%s::text[]) AS asked (stream)
CROSS JOIN LATERAL (SELECT number, hash FROM journal_entry WHERE stream = asked.stream
                    ORDER BY number DESC LIMIT 1) AS entry
"""


def append(stream: str, kind: str, actor: str, body: Mapping[str, Any], at: datetime) -> Entry:
    """Write what happened, chained to the last entry of its stream; to be called in the transaction of the act.

    `body` holds text, whole numbers, booleans, lists and mappings, and no personal data. The stream is locked until the
    transaction ends. JournalError outside a transaction, or for a body that cannot be written in one way.
    """
    _in_transaction(stream)
    with prepared_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [f"journal:{stream}"])
    return Entry.objects.bulk_create(chained(stream, [(kind, body)], actor, at))[0]


def append_to_each(
    streams: Mapping[str, tuple[datetime, Sequence[tuple[str, Mapping[str, Any]]]]], actor: str
) -> list[Entry]:
    """Write what happened, at what instant, in each of several streams; two statements in all.

    The caller holds the row that each stream belongs to, so that nobody else writes there. JournalError as `append`.
    """
    _in_transaction(", ".join(streams))
    with connection.cursor() as cursor:
        cursor.execute(_LAST_OF_EACH, [list(streams)])
        last = {stream: (number, hashed) for stream, number, hashed in cursor.fetchall()}
    entries = [
        entry
        for stream, (at, happened) in streams.items()
        for entry in _following(stream, happened, actor, at, last.get(stream))
    ]
    return Entry.objects.bulk_create(entries)


def chained(
    stream: str, happened: Sequence[tuple[str, Mapping[str, Any]]], actor: str, at: datetime, *, new: bool = False
) -> list[Entry]:
    """The entries of what happened, chained to the last of their stream, for the caller to write with its own rows.

    The caller holds the row that the stream belongs to, or has just made it (`new`: the stream has no entry yet).
    """
    _in_transaction(stream)
    last = None if new else next(iter(_LAST.values(stream=stream)), None)
    return _following(stream, happened, actor, at, last)


def _following(
    stream: str,
    happened: Sequence[tuple[str, Mapping[str, Any]]],
    actor: str,
    at: datetime,
    last: tuple[int, bytes | memoryview] | None,
) -> list[Entry]:
    """The entries that follow the last one of a stream (its number and hash; None for a stream that begins)."""
    number, previous = (last[0], bytes(last[1])) if last else (0, NO_ENTRY)
    entries = []
    for rank, (kind, body) in enumerate(happened, start=number + 1):
        entry = Entry(
            stream=stream, number=rank, at=at, kind=kind, actor=actor, body=dict(body), previous_hash=previous
        )
        previous = entry.hash = hash_of(entry)
        entries.append(entry)
    return entries


def _in_transaction(stream: str) -> None:
    if not connection.in_atomic_block:
        raise JournalError("Le journal s'écrit dans la transaction de l'acte qu'il raconte.", stream=stream)


def told(entry: Entry) -> dict[str, Any]:
    """The entry as it is hashed and shown in a receipt; the instant in UTC to the microsecond."""
    return {
        "stream": entry.stream,
        "number": entry.number,
        "at": entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "kind": entry.kind,
        "actor": entry.actor,
        "body": entry.body,
    }


def hash_of(entry: Entry) -> bytes:
    """The hash that an entry must bear, from its content and the hash that it says it follows; JournalError if none."""
    try:
        return entry_hash(bytes(entry.previous_hash), told(entry))
    except NotCanonical as error:
        raise JournalError(
            "Le contenu d'une écriture du journal est fait de textes, de nombres entiers, de listes et de tables.",
            stream=entry.stream,
            kind=entry.kind,
        ) from error
