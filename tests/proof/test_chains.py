from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.proof import NO_ENTRY, Break, Link, NotCanonical, canonical_bytes, entry_hash, verify_chain

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), TEXTS)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3))
ENTRIES = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), VALUES, max_size=4)


def chain(entries: list[dict[str, object]]) -> list[Link]:
    links, previous = [], NO_ENTRY
    for entry in entries:
        digest = entry_hash(previous, entry)
        links.append(Link(entry, previous, digest))
        previous = digest
    return links


def test_the_bytes_are_known() -> None:
    entry = {"b": [1, True, None], "a": "e\u0301t\u00e9", "\u0639": {"z": -1, "y": ""}}
    assert canonical_bytes(entry) == '{"a":"été","b":[1,true,null],"ع":{"y":"","z":-1}}'.encode()
    known = hashlib.sha256(b"minassa-entry-1\n" + bytes(32) + b'{"a":1}').digest()
    assert entry_hash(NO_ENTRY, {"a": 1}) == known


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_an_entry_and_what_json_makes_of_it_have_the_same_bytes(entry: dict[str, object]) -> None:
    try:
        written = canonical_bytes(entry)
    except NotCanonical:
        return
    assert canonical_bytes(json.loads(written)) == written
    assert canonical_bytes(json.loads(json.dumps(entry, indent=2))) == written
    assert unicodedata.is_normalized("NFC", written.decode("utf-8"))


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), 2**63, -(2**63) - 1, b"x", {1: 2}, "\ud800", {"\u00e9": 1, "e\u0301": 2}, object()]
)
def test_what_has_no_single_way_to_be_written_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_bytes({"a": value})
    with pytest.raises(NotCanonical):
        entry_hash(NO_ENTRY, {"a": value})


def test_the_hash_before_has_32_bytes() -> None:
    with pytest.raises(NotCanonical):
        entry_hash(b"", {})


@given(st.lists(ENTRIES, max_size=6))
def test_a_chain_holds_and_resumes(entries: list[dict[str, object]]) -> None:
    links = chain(entries)
    assert verify_chain(links) is None
    for cut in range(1, len(links)):
        assert verify_chain(links[cut:], links[cut - 1].digest) is None
        assert verify_chain(links[cut:]) == Break(0, "previous")


@given(st.lists(ENTRIES, min_size=1, max_size=6), st.data())
def test_the_first_row_touched_is_named(entries: list[dict[str, object]], data: st.DataObject) -> None:
    links = chain(entries)
    rank = data.draw(st.integers(0, len(links) - 1))
    bit = data.draw(st.integers(0, 255))

    def flipped(hashed: bytes) -> bytes:
        return (int.from_bytes(hashed, "big") ^ 1 << bit).to_bytes(32, "big")

    touched = links[rank]
    for reason, row in (
        ("digest", replace(touched, entry={**touched.entry, "zz": bit})),
        ("digest", replace(touched, digest=flipped(touched.digest))),
        ("previous", replace(touched, previous=flipped(touched.previous))),
        ("entry", replace(touched, entry={"a": 0.5})),
    ):
        assert verify_chain([*links[:rank], row, *links[rank + 1 :]]) == Break(rank, reason)
    if rank + 1 < len(links):
        assert verify_chain([*links[:rank], *links[rank + 1 :]]) == Break(rank, "previous")
