"""Closes days: entries get their place in the public tree, and its head is signed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction

from minassa.delays.zone import ZONE
from minassa.journal.errors import NotYetPublished
from minassa.journal.models import Entry, Head, Leaf
from minassa.journal.tree import StoredNodes, extend, resumed
from minassa.journal.writing import told
from minassa.proof import TreeBuilder, consistency_proof, heads_document, make_receipt, public_key_of, sign_head

ONE_DAY = timedelta(days=1)
BATCH = 20_000


def publish_heads(until: date) -> list[Head]:
    """Close every day that is not closed yet, up to `until` included, and return the new heads.

    An entry goes with its day in Morocco; one that tells of a day already closed goes with the next head. Called again,
    it has nothing left to do. The caller sees to it that `until` is over.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('journal:heads', 0))")
        last = Head.objects.order_by("-day").first()
        day = last.day + ONE_DAY if last else _first_day()
        if day is None:
            return []
        builder = resumed(last.size if last else 0, StoredNodes())
        made = []
        while day <= until:
            last = _closed(day, builder, last)
            made.append(last)
            day += ONE_DAY
    return made


def _first_day() -> date | None:
    first = Entry.objects.order_by("at").values_list("at", flat=True).first()
    return first.astimezone(ZONE).date() if first else None


def _closed(day: date, builder: TreeBuilder, last: Head | None) -> Head:
    end = datetime.combine(day + ONE_DAY, time.min, ZONE)
    while batch := list(
        Entry.objects.filter(leaf__isnull=True, at__lt=end).order_by("id").values_list("id", "hash")[:BATCH]
    ):
        extend(builder, ((key, bytes(hashed)) for key, hashed in batch))
    before = last.size if last else 0
    proof = consistency_proof(before, builder.size, StoredNodes()) if last else []
    root = builder.root()
    document = sign_head(day, builder.size, root, signing_key(), last.document if last else None, proof)
    return Head.objects.create(day=day, size=builder.size, root=root, document=document)


def signing_key() -> Ed25519PrivateKey:
    """The key that signs heads now."""
    return _key(settings.MINASSA_HEAD_KEYS[0])


def _key(text: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text))


def public_keys() -> list[bytes]:
    """Public keys of all that has signed heads, the present one first."""
    return [public_key_of(_key(text)) for text in settings.MINASSA_HEAD_KEYS]


def public_heads() -> dict[str, Any]:
    """The public list of heads with its keys, as receipts are checked against it."""
    return heads_document(list(Head.objects.order_by("day").values_list("document", flat=True)), public_keys())


def receipt(entry: Entry) -> dict[str, Any]:
    """The receipt of an entry, to be checked offline; NotYetPublished until its day is closed."""
    leaf = Leaf.objects.filter(entry=entry).first()
    head = leaf and Head.objects.filter(size__gt=leaf.position).order_by("day").first()
    if not leaf or not head:
        raise NotYetPublished(
            "Le reçu sera prêt quand le journal de la journée aura été publié : revenez demain.", stream=entry.stream
        )
    return make_receipt(told(entry), bytes(entry.previous_hash), leaf.position, head.document, StoredNodes())
