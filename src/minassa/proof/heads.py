"""The daily head of the log: its size and root, bound to the head before it, signed with Ed25519."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from minassa.proof.errors import HeadOutOfOrder
from minassa.proof.verify_receipt import (
    HEAD_FORMAT,
    HEADS_FORMAT,
    NO_HEAD,
    head_digest,
    key_id,
    signed_bytes,
)

Document: TypeAlias = dict[str, object]
"""A JSON document."""


def public_key_of(key: Ed25519PrivateKey) -> bytes:
    """Return the 32 bytes of the public key of a private one."""
    return key.public_key().public_bytes_raw()


def sign_head(
    day: date, size: int, root: bytes, key: Ed25519PrivateKey, previous: Document | None, consistency: Sequence[bytes]
) -> Document:
    """Return the signed head of a day, as a JSON document.

    `size` and `root` are those of the tree; `previous` is the head before it, None for the first; `consistency` is
    the proof from the size of that head, `consistency_proof(previous size, size, nodes)`. HeadOutOfOrder when the day
    does not follow, or when the tree has shrunk.
    """
    if previous is not None and (day.isoformat() <= str(previous["date"]) or size < _size(previous)):
        raise HeadOutOfOrder(f"La tête du {day.isoformat()} ne suit pas celle du {previous['date']}.")
    head: Document = {
        "format": HEAD_FORMAT,
        "date": day.isoformat(),
        "tree_size": size,
        "root": root.hex(),
        "previous": NO_HEAD if previous is None else head_digest(previous),
        "consistency": [node.hex() for node in consistency],
        "key_id": key_id(public_key_of(key)),
    }
    return {**head, "signature": key.sign(signed_bytes(head)).hex()}


def _size(head: Document) -> int:
    size = head["tree_size"]
    if not isinstance(size, int):
        raise HeadOutOfOrder("La tête d'avant ne dit pas sa taille.")
    return size


def heads_document(heads: Sequence[Document], public_keys: Sequence[bytes]) -> Document:
    """Return the public list that receipts are checked against: all heads in order, and the keys that signed them."""
    return {"format": HEADS_FORMAT, "keys": [key.hex() for key in public_keys], "heads": list(heads)}
