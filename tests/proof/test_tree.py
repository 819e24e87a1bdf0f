from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.proof import (
    EMPTY_ROOT,
    MemoryNodes,
    OutsideTree,
    TreeBuilder,
    consistency_holds,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_from_inclusion,
    tree_root,
)

SIZE = 70
DATA = [f"feuille {rank}".encode() for rank in range(SIZE)]


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def by_definition(leaves: list[bytes]) -> bytes:
    """The Merkle tree hash as RFC 6962, 2.1, writes it."""
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return sha(b"\x00" + leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha(b"\x01" + by_definition(leaves[:split]) + by_definition(leaves[split:]))


def built(size: int) -> tuple[TreeBuilder, MemoryNodes]:
    builder, nodes = TreeBuilder(), MemoryNodes()
    builder.extend(DATA[:size], nodes.keep)
    return builder, nodes


BUILDER, NODES = built(SIZE)
ROOTS = [by_definition(DATA[:size]) for size in range(SIZE + 1)]


def test_the_known_root_of_the_published_vectors() -> None:
    """The eight leaves that implementations of RFC 6962 share as their test vectors."""
    leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    builder = TreeBuilder()
    builder.extend(bytes.fromhex(leaf) for leaf in leaves)
    assert builder.root().hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize("size", range(SIZE + 1))
def test_the_root_is_the_one_of_the_definition(size: int) -> None:
    assert built(size)[0].root() == ROOTS[size] == tree_root(size, NODES)
    assert ROOTS[0] == EMPTY_ROOT


@given(st.lists(st.integers(0, 20), max_size=6), st.data())
def test_leaves_may_come_in_any_parcels_and_the_work_be_resumed(parcels: list[int], data: st.DataObject) -> None:
    builder, nodes, done = TreeBuilder(), MemoryNodes(), 0
    for parcel in parcels:
        taken = DATA[done : done + parcel]
        if len(taken) == 1 and data.draw(st.booleans()):
            builder.append(taken[0], nodes.keep)
        else:
            builder.extend(taken, nodes.keep)
        done += len(taken)
        builder = TreeBuilder(builder.size, builder.peaks)
    assert (builder.size, builder.root()) == (done, ROOTS[done])
    assert all(tree_root(size, nodes) == ROOTS[size] for size in range(done + 1))
    assert len(builder.peaks) == done.bit_count()


@given(st.integers(1, SIZE), st.data())
def test_every_leaf_is_proved_and_no_other_is(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_proof(index, size, NODES)
    assert len(path) <= (size - 1).bit_length()
    leaf = leaf_hash(DATA[index])
    assert root_from_inclusion(leaf, index, size, path) == ROOTS[size]
    assert root_from_inclusion(leaf_hash(b"autre"), index, size, path) != ROOTS[size]
    other = data.draw(st.integers(-1, size + 1).filter(lambda one: one != index))
    assert root_from_inclusion(leaf, other, size, path) != ROOTS[size]
    assert root_from_inclusion(leaf, index, size, [*path, leaf]) is None
    assert root_from_inclusion(leaf, index, size, path[:-1]) != ROOTS[size] or size == 1


@given(st.integers(0, SIZE), st.integers(0, SIZE), st.data())
def test_a_grown_tree_is_proved_and_a_rewritten_one_is_not(one: int, two: int, data: st.DataObject) -> None:
    old, new = sorted((one, two))
    path = consistency_proof(old, new, NODES)
    assert consistency_holds(old, ROOTS[old], new, ROOTS[new], path)
    if old:
        assert not consistency_holds(old, sha(b"autre"), new, ROOTS[new], path)
        assert not consistency_holds(old, ROOTS[old], new, sha(b"autre"), path)
    assert not consistency_holds(old, ROOTS[old], new, ROOTS[new], [*path, ROOTS[1]])
    if path:
        rank, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
        bent = (int.from_bytes(path[rank], "big") ^ 1 << bit).to_bytes(32, "big")
        assert not consistency_holds(old, ROOTS[old], new, ROOTS[new], [*path[:rank], bent, *path[rank + 1 :]])
        assert not consistency_holds(old, ROOTS[old], new, ROOTS[new], path[:-1])
    if old < new:
        assert not consistency_holds(new, ROOTS[new], old, ROOTS[old], path)


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(OutsideTree):
        inclusion_proof(SIZE, SIZE, NODES)
    with pytest.raises(OutsideTree):
        inclusion_proof(0, SIZE + 1, NODES)
    with pytest.raises(OutsideTree):
        consistency_proof(2, 1, NODES)
    with pytest.raises(OutsideTree):
        TreeBuilder(3, {0: bytes(32)})
    with pytest.raises(OutsideTree):
        MemoryNodes().keep(0, 1, [bytes(32)])


def test_a_proof_in_a_tree_of_a_thousand_million_leaves_holds_in_two_kilobytes() -> None:
    path = inclusion_proof(123_456_789, 10**9, lambda level, rank: sha(f"{level}:{rank}".encode()))
    assert sum(len(node.hex()) + len('"",') for node in path) <= 2048


def test_a_path_too_short_for_the_size_is_refused() -> None:
    assert root_from_inclusion(leaf_hash(DATA[0]), 0, 4, inclusion_proof(0, 2, NODES)) is None
    assert not consistency_holds(1, ROOTS[1], 4, ROOTS[2], consistency_proof(1, 2, NODES))
