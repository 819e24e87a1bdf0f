from __future__ import annotations

from datetime import date

import pytest

from minassa.proof import (
    Document,
    HeadOutOfOrder,
    NotGenuine,
    Unreadable,
    check_heads,
    check_signature,
    head_digest,
    heads_document,
    key_id,
    public_key_of,
    read_heads,
    sign_head,
)
from tests.proof.logs import KEY, OTHER_KEY, small_log

LOG = small_log()
KEYS = {key_id(public_key_of(KEY)): public_key_of(KEY)}


def again(head: Document, **changed: object) -> Document:
    return {**head, **changed}


def test_a_head_says_its_day_its_size_and_its_root() -> None:
    first, second = LOG.heads[:2]
    assert (first["date"], first["tree_size"], first["previous"], first["consistency"]) == ("2026-11-01", 5, "", [])
    assert (second["date"], second["tree_size"], second["previous"]) == ("2026-11-02", 10, head_digest(first))


def test_heads_hold_together_and_are_signed() -> None:
    heads, keys = read_heads(LOG.published())
    check_heads(heads)
    assert keys == KEYS
    for head in heads:
        check_signature(head, keys)


@pytest.mark.parametrize("changed", [{"date": "2026-11-09"}, {"tree_size": 16}, {"root": "00" * 32}, {"previous": ""}])
def test_a_head_changed_no_longer_fits_its_signature(changed: Document) -> None:
    with pytest.raises(NotGenuine, match="signature"):
        check_signature(again(LOG.heads[-1], **changed), KEYS)


def test_a_head_of_another_key_is_not_ours() -> None:
    with pytest.raises(NotGenuine, match="key"):
        check_signature(LOG.heads[0], {})


def test_a_missing_head_is_seen() -> None:
    with pytest.raises(NotGenuine, match="chain"):
        check_heads([LOG.heads[0], LOG.heads[2]])


def test_a_day_that_does_not_follow_is_seen() -> None:
    first, second = LOG.heads[:2]
    with pytest.raises(NotGenuine, match="chain"):
        check_heads([first, again(second, date=first["date"])])


def test_a_rewritten_log_is_seen_even_when_it_is_signed() -> None:
    other = small_log(a_day=6)
    size, root = other.builder.size, other.builder.root()
    forged = sign_head(date(2026, 11, 4), size, root, KEY, LOG.heads[-1], [bytes(32)])
    check_signature(forged, KEYS)
    with pytest.raises(NotGenuine, match="consistency"):
        check_heads([*LOG.heads, forged])


def test_a_head_follows_the_one_before_it() -> None:
    last = LOG.heads[-1]
    with pytest.raises(HeadOutOfOrder):
        sign_head(date(2026, 11, 3), 20, bytes(32), KEY, last, [])
    with pytest.raises(HeadOutOfOrder):
        sign_head(date(2026, 11, 4), 14, bytes(32), KEY, last, [])


@pytest.mark.parametrize(
    "changed",
    [
        {"tree_size": -1},
        {"tree_size": True},
        {"tree_size": "5"},
        {"root": "AB" * 32},
        {"root": "ab" * 31},
        {"date": "1/11/2026"},
        {"previous": None},
        {"consistency": "ab"},
        {"consistency": [1]},
        {"signature": "ab"},
        {"key_id": 1},
        {"format": "autre"},
        {"more": 1},
    ],
)
def test_a_list_of_another_form_is_refused(changed: Document) -> None:
    with pytest.raises(Unreadable):
        read_heads(heads_document([again(LOG.heads[0], **changed)], [public_key_of(OTHER_KEY)]))


@pytest.mark.parametrize("document", [None, [], {}, heads_document([], []), {**LOG.published(), "keys": None}])
def test_what_is_no_list_of_heads_is_refused(document: object) -> None:
    with pytest.raises(Unreadable):
        read_heads(document)
