from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.declarations.durable import StorageFailed, settle
from minassa.declarations.packs import SEGMENT, Packs, PackUnreadable, Sealed

KEY = b"exemple de cle pour les tests...."


def seal(packs: Packs, contents: list[bytes]) -> Sealed:
    sealed = packs.seal(contents, [hashlib.sha256(content).digest() for content in contents])
    settle(sealed.unsettled)
    return sealed


@settings(max_examples=30, deadline=None)
@given(
    contents=st.lists(st.binary(max_size=60), max_size=6),
    filler=st.sampled_from([0, 1, SEGMENT - 3, SEGMENT, 2 * SEGMENT]),
)
def test_every_file_comes_back_whole(
    contents: list[bytes], filler: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    packs = Packs(tmp_path_factory.mktemp("packs"), KEY)
    contents = [b"x" * filler, *contents]
    sealed = seal(packs, contents)
    for content, offset in zip(contents, sealed.offsets, strict=True):
        digest = hashlib.sha256(content).hexdigest()
        assert packs.read(sealed.pack, offset, len(content), digest) == content


def test_a_line_is_read_without_its_line_end_whichever_it_is(tmp_path: Path) -> None:
    packs = Packs(tmp_path, KEY)
    contents = [b"one\ntwo\n\nfour", b"un\r\ndeux\r\n"]
    sealed = seal(packs, contents)
    read = [packs.read_line(sealed.pack, sealed.offsets[0], len(contents[0]), line) for line in (1, 2, 3, 4)]
    assert read == [b"one", b"two", b"", b"four"]
    assert packs.read_line(sealed.pack, sealed.offsets[1], len(contents[1]), 2) == b"deux"


@pytest.mark.parametrize("line", [0, -1, 3, 99])
def test_a_line_that_does_not_exist_is_refused(tmp_path: Path, line: int) -> None:
    packs = Packs(tmp_path, KEY)
    sealed = seal(packs, [b"un\ndeux\n", b"trois\n"])
    with pytest.raises(PackUnreadable):
        packs.read_line(sealed.pack, 0, 8, line)


def test_the_pack_shows_nothing_of_what_it_holds(tmp_path: Path) -> None:
    text = b"EXEMPLE FICTIF 123456789 QZ123456 " * 1000
    seal(Packs(tmp_path, KEY), [text])
    (path,) = tmp_path.iterdir()
    raw = path.read_bytes() + path.name.encode()
    assert len(raw) > len(text)
    for word in (b"EXEMPLE", b"FICTIF", b"123456789", b"QZ123456", hashlib.sha256(text).hexdigest().encode()[:16]):
        assert word not in raw


def test_two_packs_never_share_a_keystream(tmp_path: Path) -> None:
    packs = Packs(tmp_path, KEY)
    first, second = seal(packs, [b"\0" * 64]), seal(packs, [b"\0" * 64, b"\0"])
    read = [(tmp_path / f"{sealed.pack}.pack").read_bytes()[44:76] for sealed in (first, second)]
    assert read[0] != read[1]


def test_the_same_files_make_the_same_pack_written_once(tmp_path: Path) -> None:
    packs = Packs(tmp_path, KEY)
    first = seal(packs, [b"un", b"deux"])
    before = (tmp_path / f"{first.pack}.pack").stat().st_ino
    assert seal(packs, [b"un", b"deux"]) == first._replace(unsettled=[])
    assert (tmp_path / f"{first.pack}.pack").stat().st_ino == before


def test_a_pack_cut_short_is_written_again(tmp_path: Path) -> None:
    packs = Packs(tmp_path, KEY)
    sealed = seal(packs, [b"un", b"deux"])
    path = tmp_path / f"{sealed.pack}.pack"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(PackUnreadable):
        packs.read(sealed.pack, 0, 2)
    seal(packs, [b"un", b"deux"])
    assert packs.read(sealed.pack, 2, 4) == b"deux"


@pytest.mark.parametrize("place", [0, 20, 40, 50, -1])
def test_a_changed_byte_is_noticed(tmp_path: Path, place: int) -> None:
    packs = Packs(tmp_path, KEY)
    sealed = seal(packs, [b"un fichier"])
    path = tmp_path / f"{sealed.pack}.pack"
    raw = bytearray(path.read_bytes())
    raw[place] ^= 1
    path.write_bytes(raw)
    with pytest.raises(PackUnreadable):
        packs.read(sealed.pack, 0, 10)


def test_another_key_another_digest_or_a_missing_pack_are_refused(tmp_path: Path) -> None:
    packs = Packs(tmp_path, KEY)
    sealed = seal(packs, [b"un fichier"])
    with pytest.raises(PackUnreadable):
        Packs(tmp_path, KEY[::-1]).read(sealed.pack, 0, 10)
    with pytest.raises(PackUnreadable):
        packs.read(sealed.pack, 0, 10, hashlib.sha256(b"un autre").hexdigest())
    with pytest.raises(PackUnreadable):
        packs.read(sealed.pack, 0, 11)
    with pytest.raises(PackUnreadable):
        packs.read("00" * 16, 0, 10)


def test_a_full_disk_leaves_no_pack_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFailed, match="libérez de la place"):
        seal(Packs(tmp_path, KEY), [b"un"])
    assert list(tmp_path.iterdir()) == []
