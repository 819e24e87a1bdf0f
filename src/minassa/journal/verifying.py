"""Reads the whole journal again and says everything that is not as it was written, even by hand in SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import OuterRef, Subquery

from minassa.journal.heads import public_heads
from minassa.journal.models import Entry, Head, Leaf
from minassa.journal.writing import told
from minassa.proof import (
    NO_ENTRY,
    NotCanonical,
    NotGenuine,
    TreeBuilder,
    check_heads,
    check_signature,
    entry_hash,
    leaf_hash,
    read_heads,
)

CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold: where (a stream and number, a position, a day), a stable code, and a sentence."""

    code: str
    where: str
    sentence: str


def verify() -> list[Problem]:
    """Every problem of the journal: chains of all streams, places in the tree, heads. Empty when all holds.

    Found: an entry changed, removed or moved; a leaf changed, removed, moved or added; a head changed, signed by
    another key, or that does not follow. An entry removed at the end of its stream shows once its day is closed.
    """
    return [*_chains(), *_leaves(), *_heads()]


def _chains() -> Iterator[Problem]:
    rows = Entry.objects.order_by("stream", "number").iterator(chunk_size=CHUNK)
    for stream, entries in groupby(rows, key=lambda entry: entry.stream):
        previous = NO_ENTRY
        for number, entry in enumerate(entries, start=1):
            where = f"{stream}#{entry.number}"
            if entry.number != number:
                yield Problem("entry-missing", where, f"L'écriture n° {number} de {stream} manque ou a été déplacée.")
                break
            if bytes(entry.previous_hash) != previous:
                yield Problem("entry-chain", where, f"L'écriture {where} ne suit pas celle d'avant.")
            if not _holds(entry):
                yield Problem("entry-changed", where, f"L'écriture {where} a été modifiée.")
            previous = bytes(entry.hash)


def _holds(entry: Entry) -> bool:
    try:
        return entry_hash(bytes(entry.previous_hash), told(entry)) == bytes(entry.hash)
    except NotCanonical:
        return False


def _leaves() -> Iterator[Problem]:
    """Each leaf stands for its entry, at its place; the root at each head is the one that was signed."""
    heads = list(Head.objects.order_by("day").values_list("day", "size", "root", "document"))
    builder, due = TreeBuilder(), iter(heads)
    head = next(due, None)
    # Not a join: it would hide the leaf of an entry that is gone.
    hashes = Entry.objects.filter(pk=OuterRef("entry_id")).values("hash")
    rows = Leaf.objects.order_by("position").annotate(entry_hash=Subquery(hashes))
    expected = 0
    for position, hashed, of_entry in rows.values_list("position", "hash", "entry_hash").iterator(chunk_size=CHUNK):
        while head and head[1] == expected:
            yield from _root(head, builder)
            head = next(due, None)
        if position != expected:
            yield Problem("leaf-missing", str(expected), f"La feuille n° {expected} de l'arbre manque.")
            return
        if of_entry is None:
            yield Problem("entry-missing", str(position), f"L'écriture de la feuille n° {position} a disparu.")
            return
        if leaf_hash(bytes(of_entry)) != bytes(hashed):
            yield Problem("leaf-changed", str(position), f"La feuille n° {position} n'est pas celle de son écriture.")
        builder.append(bytes(of_entry))
        expected += 1
    while head:
        if head[1] == expected:
            yield from _root(head, builder)
        else:
            yield Problem("leaf-missing", str(expected), f"La tête du {head[0]} atteste {head[1]} feuilles.")
        head = next(due, None)
    if heads and heads[-1][1] < expected:
        yield Problem("leaf-added", str(heads[-1][1]), "L'arbre a des feuilles que nulle tête n'atteste.")


def _root(head: tuple[date, int, bytes | memoryview, Any], builder: TreeBuilder) -> Iterator[Problem]:
    day, size, root, document = head
    said = (document.get("date"), document.get("tree_size"), document.get("root"))
    if bytes(root) != builder.root() or said != (str(day), size, builder.root().hex()):
        yield Problem("head-root", str(day), f"La tête du {day} n'atteste pas ce que contient le journal.")


def _heads() -> Iterator[Problem]:
    if not Head.objects.exists():
        return
    try:
        heads, keys = read_heads(public_heads())
        for head in heads:
            check_signature(head, keys)
        check_heads(heads)
    except NotGenuine as error:
        day = str(error.details.get("date", ""))
        yield Problem(f"head-{error.code}", day, f"La tête du {day} n'est pas authentique ({error.code}).")
