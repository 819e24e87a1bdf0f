"""Original files, kept in sealed packs: one encrypted file for all that came together, read back line by line.

A pack is a header, then segments of `SEGMENT` bytes each encrypted apart (AES-256-GCM), so that one file is read
without decrypting the others. The key of a pack is derived (HKDF) from the master key and the pack's own name, and the
name from what the pack holds: the same files make the same pack, and no key ever encrypts two different texts.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from minassa.declarations.durable import Unsettled, write_draft
from minassa.vocabulary.errors import MinassaError

SEGMENT: Final = 1 << 20
"""Bytes of original text encrypted together."""

_MAGIC = b"MINASSA PACK 1\r\n"
_HEADER = struct.Struct(">16s16sIQ")
_TAG = 16

Content = bytes | bytearray | memoryview


class PackUnreadable(MinassaError):
    """A pack that is missing, damaged, sealed with another key, or does not hold what was asked."""

    code = "pack-unreadable"


class Sealed(NamedTuple):
    """Where files now stand: the name of their pack, the offset of each in the order given, what is to be settled."""

    pack: str
    offsets: list[int]
    unsettled: list[Unsettled]


class _Header(NamedTuple):
    """What stands at the head of a pack, in clear; every segment is bound to it."""

    identity: bytes
    segment: int
    size: int

    def packed(self) -> bytes:
        return _HEADER.pack(_MAGIC, self.identity, self.segment, self.size)


class Packs:
    """The sealed packs of one folder, under one master key."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """`key` is the master key: the key of each pack is derived from it, and it encrypts nothing itself."""
        self._folder = folder
        self._key = key

    def seal(self, contents: Sequence[Content], digests: Sequence[bytes]) -> Sealed:
        """Write files together in one pack, which is there once settled; `digests` are their SHA-256.

        The same files in the same order give the same pack, written once. `StorageFailed` when the disk refuses.
        """
        lengths = [len(content) for content in contents]
        offsets = [0]
        for length in lengths:
            offsets.append(offsets[-1] + length)
        header = _Header(self._identity(lengths, digests), SEGMENT, offsets.pop())
        name, unsettled = header.identity.hex(), []
        if not _is_whole(self._path(name), header):
            unsettled.append(write_draft(self._path(name), self._sealed(header, contents)))
        return Sealed(name, offsets, unsettled)

    def read(self, pack: str, offset: int, length: int, digest: str = "") -> bytes:
        """Bytes `offset` to `offset + length` of a pack; with `digest` (hex), refuse a text that is not that one.

        `PackUnreadable` when the pack is missing, damaged, too short or sealed with another key.
        """
        try:
            with self._path(pack).open("rb") as stream:
                header = _read_header(stream)
                content = b"".join(self._unsealed(stream, header, offset, length))
        except (OSError, InvalidTag, struct.error) as cause:
            raise PackUnreadable(
                "Le paquet de fichiers d'origine manque, est abîmé ou fut scellé avec une autre clé.", pack=pack
            ) from cause
        if len(content) != length or (digest and hashlib.sha256(content).hexdigest() != digest):
            raise PackUnreadable("Le paquet ne contient pas le fichier d'origine attendu.", pack=pack)
        return content

    def read_line(self, pack: str, offset: int, length: int, line: int, digest: str = "") -> bytes:
        """One line (from 1, without its line end) of the text file that stands at `offset`.

        `PackUnreadable` when the file has no such line, or as `read`.
        """
        lines = self.read(pack, offset, length, digest).split(b"\n", line)
        if line < 1 or len(lines) < line or (len(lines) == line and not lines[-1]):
            raise PackUnreadable("Le fichier d'origine n'a pas cette ligne.", pack=pack, line=line)
        return lines[line - 1].removesuffix(b"\r")

    def _path(self, pack: str) -> Path:
        return self._folder / f"{pack}.pack"

    def _identity(self, lengths: Sequence[int], digests: Sequence[bytes]) -> bytes:
        named = hmac.new(self._key, b"minassa pack name %d" % SEGMENT, "sha256")
        for length, digest in zip(lengths, digests, strict=True):
            named.update(length.to_bytes(8, "big") + digest)
        return named.digest()[:16]

    def _cipher(self, header: _Header) -> AESGCM:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"minassa pack " + header.identity)
        return AESGCM(derived.derive(self._key))

    def _sealed(self, header: _Header, contents: Sequence[Content]) -> Iterator[bytes | memoryview]:
        yield header.packed()
        cipher, sealed = self._cipher(header), memoryview(bytearray(SEGMENT + _TAG))
        for number, segment in enumerate(_segments(contents)):
            into = sealed[: len(segment) + _TAG]
            cipher.encrypt_into(_nonce(number), segment, header.packed(), into)
            yield into

    def _unsealed(self, stream: BinaryIO, header: _Header, offset: int, length: int) -> Iterator[bytes]:
        cipher, end = self._cipher(header), min(offset + length, header.size)
        for number in range(offset // header.segment, -(-end // header.segment)):
            stream.seek(_HEADER.size + number * (header.segment + _TAG))
            plain = cipher.decrypt(_nonce(number), stream.read(header.segment + _TAG), header.packed())
            start = number * header.segment
            yield plain[max(offset - start, 0) : end - start]


def _nonce(segment: int) -> bytes:
    """Unique under the key of the pack, which no other pack shares."""
    return segment.to_bytes(12, "big")


def _segments(contents: Sequence[Content]) -> Iterator[bytes | memoryview]:
    """The contents end to end, cut every `SEGMENT` bytes; what stands whole in one content is not copied."""
    waiting: list[Content] = []
    size = 0
    for content in contents:
        if size + len(content) < SEGMENT:
            waiting.append(content)
            size += len(content)
            continue
        view, taken = memoryview(content), SEGMENT - size
        yield b"".join([*waiting, view[:taken]])
        end = len(view) - (len(view) - taken) % SEGMENT
        yield from (view[start : start + SEGMENT] for start in range(taken, end, SEGMENT))
        waiting, size = [view[end:]], len(view) - end
    if size:
        yield b"".join(waiting)


def _is_whole(path: Path, header: _Header) -> bool:
    """Whether the pack of that very header is already there, as long as it should be."""
    try:
        with path.open("rb") as stream:
            found = _read_header(stream)
            size = path.stat().st_size
    except (OSError, PackUnreadable):
        return False
    segments = -(-header.size // header.segment)
    return found == header and size == _HEADER.size + header.size + segments * _TAG


def _read_header(stream: BinaryIO) -> _Header:
    read = stream.read(_HEADER.size)
    if len(read) != _HEADER.size or not read.startswith(_MAGIC):
        raise PackUnreadable("Ce fichier n'est pas un paquet de Minassa, ou il est tronqué.")
    _, identity, segment, size = _HEADER.unpack(read)
    return _Header(identity, segment, size)
