"""The public tree in the database: leaves, the nodes kept above them, and what builders and proofs read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from minassa.journal.models import Leaf, Node
from minassa.proof import OutsideTree, TreeBuilder, node_hash

KEPT_EVERY: Final = 5
"""Levels of nodes kept: 5, 10, 15… A node in between is made again from at most 32 of them."""


class StoredNodes:
    """Complete nodes by level and rank, for proofs; the few that one proof needs are remembered."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}

    def __call__(self, level: int, rank: int) -> bytes:
        """A node; OutsideTree when it is not complete, or was taken away."""
        if (level, rank) not in self._known:
            self._known[level, rank] = self._made(level, rank)
        return self._known[level, rank]

    def _made(self, level: int, rank: int) -> bytes:
        base = level - level % KEPT_EVERY
        wide = level - base
        hashes = _kept(base, rank << wide, (rank + 1) << wide)
        if len(hashes) != 1 << wide:
            raise OutsideTree("Ce nœud n'est pas complet.", level=level, rank=rank)
        while len(hashes) > 1:
            hashes = list(map(node_hash, hashes[::2], hashes[1::2]))
        return hashes[0]


def _kept(level: int, start: int, end: int) -> list[bytes]:
    if level == 0:
        leaves = Leaf.objects.filter(position__gte=start, position__lt=end).order_by("position")
        return [bytes(one) for one in leaves.values_list("hash", flat=True)]
    nodes = Node.objects.filter(level=level, rank__gte=start, rank__lt=end).order_by("rank")
    return [bytes(one) for one in nodes.values_list("hash", flat=True)]


def resumed(size: int, nodes: StoredNodes) -> TreeBuilder:
    """A builder that goes on from the first `size` leaves."""
    peaks, start = {}, 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            peaks[level] = nodes(level, start >> level)
            start += 1 << level
    return TreeBuilder(size, peaks)


def extend(builder: TreeBuilder, entries: Iterable[tuple[int, bytes]]) -> None:
    """Give their place to entries (key and hash, in order), and keep the leaves and nodes that they complete."""
    listed = list(entries)
    first = builder.size
    leaves: list[Leaf] = []
    nodes: list[Node] = []

    def keep(level: int, rank: int, hashes: list[bytes]) -> None:
        if level == 0:
            leaves.extend(
                Leaf(position=rank + place, entry_id=listed[rank + place - first][0], hash=one)
                for place, one in enumerate(hashes)
            )
        elif level % KEPT_EVERY == 0:
            nodes.extend(Node(level=level, rank=rank + place, hash=one) for place, one in enumerate(hashes))

    builder.extend((hashed for _key, hashed in listed), keep)
    Leaf.objects.bulk_create(leaves, batch_size=5_000)
    Node.objects.bulk_create(nodes, batch_size=5_000)
