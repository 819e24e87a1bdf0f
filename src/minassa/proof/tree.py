"""The Merkle tree of RFC 6962: built leaf by leaf in bounded memory, proofs of inclusion and of consistency.

A node is named by its level (0 for leaves) and its rank at that level; only complete nodes, over 2 ** level leaves, are
ever kept. Hashes are 32 bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import TypeAlias

from minassa.proof.errors import OutsideTree
from minassa.proof.verify_receipt import leaf_hash, node_hash

Nodes: TypeAlias = Callable[[int, int], bytes]
"""Where proofs read complete nodes: from (level, rank) to the hash."""
Keep: TypeAlias = Callable[[int, int, list[bytes]], None]
"""Where a builder puts the complete nodes it makes: level, rank of the first, hashes in order."""

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of the tree without leaf."""
CHUNK = 1 << 14


class TreeBuilder:
    """A growing tree of which only the peaks, one hash per set bit of the size, are kept in memory."""

    def __init__(self, size: int = 0, peaks: Mapping[int, bytes] | None = None) -> None:
        """Begin empty, or resume from a size and its peaks by level; OutsideTree when they do not fit together."""
        self._size = size
        self._peaks = dict(peaks or {})
        if sum(1 << level for level in self._peaks) != size:
            raise OutsideTree("Les sommets donnés ne sont pas ceux d'un arbre de cette taille.", size=size)

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return self._size

    @property
    def peaks(self) -> dict[int, bytes]:
        """The peaks by level: with the size, all that is needed to resume."""
        return dict(self._peaks)

    def append(self, data: bytes, keep: Keep | None = None) -> None:
        """Add one leaf, given by its data (the hash of an entry)."""
        self.extend([data], keep)

    def extend(self, leaves: Iterable[bytes], keep: Keep | None = None) -> None:
        """Add leaves, given by their data; `keep` receives every complete node made, leaves first."""
        feed = iter(leaves)
        while chunk := list(islice(feed, CHUNK)):
            self._merge([leaf_hash(data) for data in chunk], keep)

    def _merge(self, nodes: list[bytes], keep: Keep | None) -> None:
        before, self._size, level = self._size, self._size + len(nodes), 0
        while nodes:
            if keep is not None:
                keep(level, before >> level, nodes)
            if level in self._peaks:
                nodes = [self._peaks.pop(level), *nodes]
            if len(nodes) % 2:
                self._peaks[level] = nodes[-1]
            nodes, level = list(map(node_hash, nodes[:-1:2], nodes[1::2])), level + 1

    def root(self) -> bytes:
        """Return the root of the tree as it stands."""
        return _fold([self._peaks[level] for level in sorted(self._peaks, reverse=True)])


class MemoryNodes:
    """Every complete node of a tree in memory: give it to a builder as `keep`, and to proofs as their nodes."""

    def __init__(self) -> None:
        self._levels: dict[int, list[bytes]] = {}

    def keep(self, level: int, rank: int, hashes: list[bytes]) -> None:
        """Keep nodes that follow those already kept at their level; OutsideTree otherwise."""
        known = self._levels.setdefault(level, [])
        if len(known) != rank:
            raise OutsideTree("Les nœuds d'un niveau se gardent dans l'ordre, sans trou.", level=level, rank=rank)
        known.extend(hashes)

    def __call__(self, level: int, rank: int) -> bytes:
        """Return a node; OutsideTree when it is not complete."""
        try:
            return self._levels[level][rank]
        except (KeyError, IndexError):
            raise OutsideTree("Ce nœud n'est pas complet.", level=level, rank=rank) from None


def tree_root(size: int, nodes: Nodes) -> bytes:
    """Return the root of the first `size` leaves."""
    return _root(0, size, nodes)


def inclusion_proof(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """Return the path from the leaf of an index to the root of the first `size` leaves, from the bottom up.

    At most 64 hashes; 24 for ten million leaves. OutsideTree when the leaf is not among them.
    """
    if not 0 <= index < size:
        raise OutsideTree(f"L'arbre de {size} feuilles n'a pas de feuille {index}.", index=index, size=size)
    path, start = [], 0
    while size > 1:
        split = _split(size)
        if index < start + split:
            path.append(_root(start + split, size - split, nodes))
            size = split
        else:
            path.append(_root(start, split, nodes))
            start, size = start + split, size - split
    return path[::-1]


def consistency_proof(old_size: int, size: int, nodes: Nodes) -> list[bytes]:
    """Return the proof that the first `size` leaves begin with the first `old_size`, empty when there is no question.

    OutsideTree when the old tree is the larger.
    """
    if not 0 <= old_size <= size:
        raise OutsideTree(f"Un arbre de {size} feuilles n'en prolonge pas un de {old_size}.")
    if old_size in {0, size}:
        return []
    path, start, whole = [], 0, True
    while old_size != size:
        split = _split(size)
        if old_size <= split:
            path.append(_root(start + split, size - split, nodes))
            size = split
        else:
            path.append(_root(start, split, nodes))
            start, old_size, size, whole = start + split, old_size - split, size - split, False
    return path[::-1] if whole else [_root(start, size, nodes), *path[::-1]]


def _split(size: int) -> int:
    """The largest power of two below the size (at least 2)."""
    return 1 << (size - 1).bit_length() - 1


def _root(start: int, size: int, nodes: Nodes) -> bytes:
    """Root of `size` leaves from `start`, a multiple of their largest power of two."""
    peaks = []
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            peaks.append(nodes(level, start >> level))
            start += 1 << level
    return _fold(peaks)


def _fold(peaks: list[bytes]) -> bytes:
    if not peaks:
        return EMPTY_ROOT
    found = peaks[-1]
    for peak in reversed(peaks[:-1]):
        found = node_hash(peak, found)
    return found
