"""A small invented log: entries in two streams, one head a day, the receipt of any entry."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from minassa.proof import (
    NO_ENTRY,
    Document,
    MemoryNodes,
    TreeBuilder,
    consistency_proof,
    entry_hash,
    heads_document,
    make_receipt,
    public_key_of,
    sign_head,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
FIRST_DAY = date(2026, 11, 1)


@dataclass
class Log:
    """A log that keeps everything."""

    entries: list[tuple[Document, bytes]] = field(default_factory=list)
    heads: list[Document] = field(default_factory=list)
    builder: TreeBuilder = field(default_factory=TreeBuilder)
    nodes: MemoryNodes = field(default_factory=MemoryNodes)
    last: dict[str, bytes] = field(default_factory=dict)

    def add(self, stream: str, kind: str) -> None:
        """Write one entry."""
        previous = self.last.get(stream, NO_ENTRY)
        body: Document = {"somme": 1_234_567, "motif": "décision synthétique", "pièces": [None, True, "وصل"]}
        entry: Document = {"stream": stream, "number": len(self.entries), "kind": kind, "body": body}
        self.last[stream] = entry_hash(previous, entry)
        self.entries.append((entry, previous))
        self.builder.append(self.last[stream], self.nodes.keep)

    def close_day(self) -> None:
        """Sign the head of the day."""
        before = self.heads[-1] if self.heads else None
        size = before["tree_size"] if before else 0
        assert isinstance(size, int)
        proof = consistency_proof(size, self.builder.size, self.nodes)
        day = FIRST_DAY + timedelta(days=len(self.heads))
        self.heads.append(sign_head(day, self.builder.size, self.builder.root(), KEY, before, proof))

    def receipt(self, index: int, head: int = -1) -> Document:
        """Receipt of an entry under a head."""
        entry, previous = self.entries[index]
        return make_receipt(entry, previous, index, self.heads[head], self.nodes)

    def published(self) -> Document:
        """What the platform publishes."""
        return heads_document(self.heads, [public_key_of(KEY)])


def small_log(days: int = 3, a_day: int = 5) -> Log:
    """A log of a few days."""
    log = Log()
    for _ in range(days):
        for rank in range(a_day):
            log.add(f"case:{rank % 2}", "case.handed")
        log.close_day()
    return log
