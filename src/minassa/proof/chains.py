"""The chain of entries of one stream: each is bound to the one before it by its hash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from minassa.proof.errors import NotCanonical
from minassa.proof.verify_receipt import HASH_BYTES
from minassa.proof.verify_receipt import canonical_bytes as _canonical_bytes
from minassa.proof.verify_receipt import entry_hash as _entry_hash

NO_ENTRY = bytes(HASH_BYTES)
"""The hash that the first entry of a stream gives as the one before it."""


@dataclass(frozen=True, slots=True)
class Link:
    """One kept row of a stream: the entry, the hash of the one before it and its own, 32 bytes each."""

    entry: Mapping[str, object]
    previous: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """The first row that does not hold: its place in what was given, from 0, and why.

    `reason`: `previous` when it does not cite the row before it, `digest` when its hash is not that of its content,
    `entry` when its content cannot be written canonically.
    """

    position: int
    reason: str


def canonical_bytes(entry: Mapping[str, object]) -> bytes:
    """Return the one way to write an entry: JSON, sorted keys, no spaces, UTF-8 in form NFC.

    NotCanonical for a float, a whole number beyond 64 bits, two keys that NFC makes one, or anything JSON has not.
    """
    try:
        return _canonical_bytes(dict(entry))
    except ValueError as error:
        raise NotCanonical(f"L'écriture n'a pas de forme canonique ({error}).") from error


def entry_hash(previous: bytes, entry: Mapping[str, object]) -> bytes:
    """Return the hash (32 bytes) of an entry that follows the one of hash `previous`, `NO_ENTRY` for the first.

    NotCanonical for an entry that cannot be written canonically, or a `previous` that is not 32 bytes long.
    """
    try:
        return _entry_hash(previous, dict(entry))
    except ValueError as error:
        raise NotCanonical(f"L'écriture n'a pas de forme canonique ({error}).") from error


def verify_chain(links: Iterable[Link], previous: bytes = NO_ENTRY) -> Break | None:
    """Return the first break of a chain given in order, or None when it holds.

    `previous` is the hash that the first link must cite: that of an entry already verified, to resume. A chain cut at
    its end still holds: its length is attested by the heads.
    """
    for position, link in enumerate(links):
        if link.previous != previous:
            return Break(position, "previous")
        try:
            digest = entry_hash(previous, link.entry)
        except NotCanonical:
            return Break(position, "entry")
        if link.digest != digest:
            return Break(position, "digest")
        previous = digest
    return None
